import Foundation
import HTTPClient
import KafkaTransport
import RoostTesting
import Testing

extension SecurityTests {
  /// A service in a process of its own, which has its password from a file.
  @Suite("A service on a Kafka that wants passwords")
  struct SecuredServiceTests {
    private func run(
      as user: SecuredBroker.User = .roost, password: String, _ body: (RoostProcess) async throws -> Void
    ) async throws {
      let broker = try WithSecuredBroker.current
      try await withTemporaryFolder { folder in
        let file = folder.appending(path: "password")
        try Data("\(password)\n".utf8).write(to: file)
        var environment = ["ROOST_KAFKA_BOOTSTRAP_SERVERS": broker.address(.plain)]
        for (name, value) in broker.settings(.plain, as: user) where name != "sasl.password" {
          environment["ROOST_KAFKA_" + name.replacing(".", with: "_").uppercased()] = value
        }
        environment["ROOST_KAFKA_SASL_PASSWORD_FILE"] = file.path
        let process = try RoostProcess(
          "memory-service", dataFolder: folder.appending(path: "data"), environment: environment)
        try await body(process)
        process.send(SIGTERM)
        #expect(await process.end() == .exited(0))
        #expect(!process.errorText.contains(password))
      }
    }

    /// What `/health/ready` says, once it says the wanted thing.
    private func readiness(of process: RoostProcess, saying text: String) async throws -> (status: Int, text: String) {
      let start = ContinuousClock.now
      while true {
        try #require(process.ending == nil, "it ended: \(process.errorText)")
        let request = HTTPClientRequest(method: "GET", url: "\(process.url)/health/ready", timeout: .seconds(5))
        if let response = try? await HTTPClient.shared.send(request) {
          if response.text.contains(text) { return (response.status, response.text) }
          try #require(ContinuousClock.now - start < .seconds(180), "it says \(response.text)")
        }
        try await Task.sleep(for: .milliseconds(20))
      }
    }

    private func lines(_ process: RoostProcess, containing text: String) -> [Substring] {
      process.errorText.split(separator: "\n").filter { $0.contains(text) }
    }

    @Test("with the right password from a file it becomes ready")
    func rightPassword() async throws {
      try await run(password: SecuredBroker.User.roost.password) { process in
        try await process.waitUntilReady(within: .seconds(180))
      }
    }

    @Test("with a wrong password it waits, and log and /health/ready say why in one line")
    func wrongPassword() async throws {
      try await run(password: "not-the-secret") { process in
        let ready = try await readiness(of: process, saying: "uthentication failed")
        #expect(ready.status == 503)
        #expect(!ready.text.contains("\\n"))
        #expect(!lines(process, containing: "uthentication failed").isEmpty)
      }
    }

    @Test("without the permission for its topics and its group it waits, and log and /health/ready say which")
    func noPermission() async throws {
      try await run(as: .guest, password: SecuredBroker.User.guest.password) { process in
        let ready = try await readiness(of: process, saying: "authorization failed")
        #expect(ready.status == 503)
        #expect(ready.text.contains("group memory"))
        #expect(lines(process, containing: "authorization failed").contains { $0.contains("group memory") })
      }
    }
  }
}
