import Foundation
import RoostTesting

extension SecuredBroker {
  /// The programs that a broker is made with.
  struct Tools {
    let folder: URL
    /// Kafka's own scripts.
    let bin: URL

    /// A key and a certificate that it signs itself: the broker's store holds both, clients trust the certificate.
    func makeCertificate() async throws {
      let (key, certificate) = (folder.appending(path: "key.pem"), folder.appending(path: "certificate.pem"))
      try await run(
        URL(fileURLWithPath: "/usr/bin/env"),
        [
          "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
          "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key.path, "-out", certificate.path,
        ])
      try (Data(contentsOf: key) + Data(contentsOf: certificate)).write(to: folder.appending(path: "keystore.pem"))
    }

    func format(_ properties: URL) async throws {
      var users: [String] = []
      for mechanism in [Access.scram256, .scram512] {
        for user in [User.roost, .guest] {
          users += ["--add-scram", "\(mechanism.rawValue)=[name=\(user.rawValue),password=\(user.password)]"]
        }
      }
      try await run(
        bin.appending(path: "kafka-storage.sh"),
        ["format", "-t", "5L6g3nShT-eMCtK--X86sw", "-c", properties.path] + users)
    }

    func start(_ properties: URL) throws -> ChildProcess {
      try ChildProcess(
        bin.appending(path: "kafka-server-start.sh"), [properties.path],
        environment: ["KAFKA_HEAP_OPTS": "-Xms64m -Xmx256m"], takesErrors: true)
    }

    func allowGuest(through servers: String) async throws {
      for resource in ["--topic", "--group"] {
        try await run(
          bin.appending(path: "kafka-run-class.sh"),
          [
            "org.apache.kafka.tools.AclCommand", "--bootstrap-server", servers, "--add", "--allow-principal",
            "User:guest", "--operation", "All", resource, "open", "--resource-pattern-type", "prefixed",
          ])
      }
    }

    private func run(_ program: URL, _ arguments: [String]) async throws {
      let process = try ChildProcess(program, arguments, takesErrors: true)
      guard try await process.end() == 0 else {
        let output = process.lines.elements.suffix(5).joined(separator: " ")
        throw Failure(description: "\(program.lastPathComponent): \(output)")
      }
    }
  }
}
