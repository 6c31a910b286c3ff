import Foundation
import HTTPClient
import JSON
import RoostTesting
import Testing

/// The platform as `compose.yaml` makes it: six processes on Kafka and PostgreSQL behind one address.
///
/// `Scripts/compose-test` builds the image, brings the containers up and runs this; without it there is nothing to test.
@Suite("The platform in containers", .enabled(if: ComposeProject() != nil), .serialized, .timeLimit(.minutes(20)))
struct ComposeTests {
  private static let writers = 4
  /// Between two memories of a writer, so that the history that is checked stays short.
  private static let pause: Duration = .milliseconds(50)
  /// In the order in which they are killed. While one of the first is away, memories are taken all the same.
  private static let expendable = ["knowledge-graph", "analytics", "agent", "capability", "evolution", "kafka"]
  private static let needed = ["memory", "postgres", "gateway"]

  @Test("nothing is missing and nothing doubled when each container is killed once while memories are written")
  func kills() async throws {
    let project = try #require(ComposeProject())
    let ledger = WriteLedger()
    try await Self.writing("kill", to: project, ledger) {
      for service in Self.expendable + Self.needed {
        await ledger.wait(for: ledger.acknowledgements + 20)
        let container = try await project.container(of: service)
        try await project.kill(container)
        if Self.expendable.contains(service) { await ledger.wait(for: ledger.acknowledgements + 20) }
        try await project.start(container)
        try await project.waitUntilHealthy(container)
      }
      await ledger.wait(for: ledger.acknowledgements + 20)
    }
    try await Self.waitUntilIdle(project)
    try await MemoryAudit(url: project.url, ledger: ledger).run()
    let failed = try await MemoryClient(url: project.url).items("/v1/failed-deliveries")
    #expect(failed.isEmpty, "\(failed)")
  }

  @Test(
    "an old and a new process of a service work side by side, and the old one leaves, with nothing lost",
    arguments: ["memory", "knowledge-graph"])
  func rollingUpgrade(service: String) async throws {
    let project = try #require(ComposeProject())
    let next = try #require(ProcessInfo.processInfo.environment["ROOST_TEST_NEXT_IMAGE"])
    let ledger = WriteLedger()
    try await Self.writing("upgrade-\(service)", to: project, ledger) {
      await ledger.wait(for: 20)
      let old = try await project.container(of: service)
      try await project.add(to: service, image: next)
      let both = try await project.containers(of: service)
      #expect(both.count == 2 && both.first == old)
      try await project.waitUntilHealthy(try #require(both.last))
      await ledger.wait(for: ledger.acknowledgements + 100)
      #expect(try await project.retire(old) == 0)
      await ledger.wait(for: ledger.acknowledgements + 100)
    }
    try await Self.waitUntilIdle(project)
    try await MemoryAudit(url: project.url, ledger: ledger).run()
  }

  /// Lets writers write while the closure runs, and then finish what they are at.
  private static func writing(
    _ name: String, to project: ComposeProject, _ ledger: WriteLedger, _ body: () async throws -> Void
  ) async throws {
    let client = MemoryClient(url: project.url)
    try await withThrowingTaskGroup { group in
      let isOver = Flag()
      for writer in 0..<writers {
        group.addTask { try await write("\(name).\(writer)", client, ledger, until: isOver) }
      }
      do { try await body() } catch {
        isOver.set()
        throw error
      }
      isOver.set()
      try await group.waitForAll()
    }
  }

  /// Creates memories and rewrites every other one. What is not acknowledged is sent again, under the same key.
  private static func write(
    _ name: String, _ client: MemoryClient, _ ledger: WriteLedger, until isOver: Flag
  ) async throws {
    for index in 0... {
      let visited = MemoryAudit.visited("\(name).\(index)")
      let written = try await persistently { try await client.create(visited, key: "\(name)-\(index)") }
      ledger.acknowledge(written.memoryID, version: written.version, content: visited)
      if index % 2 == 0 {
        let moved = MemoryAudit.moved("\(name).\(index)")
        // An update that was not acknowledged may have happened, and then happens again as a further version.
        let updated = try await persistently { try await client.update(written.memoryID, to: moved) }
        ledger.acknowledge(written.memoryID, version: updated.version, content: moved)
      }
      try await Task.sleep(for: pause)
      if isOver.isSet { return }
    }
  }

  private static func persistently<Value>(_ body: () async throws -> Value) async throws -> Value {
    let start = ContinuousClock.now
    while true {
      do { return try await body() } catch {
        guard ContinuousClock.now - start < .seconds(180) else { throw error }
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }

  /// Waits until every service has handled and sent all that there is.
  private static func waitUntilIdle(_ project: ComposeProject) async throws {
    let client = MemoryClient(url: project.url)
    let start = ContinuousClock.now
    var status = JSONValue.null
    while ContinuousClock.now - start < .seconds(120) {
      status = (try? await client.get("/v1/status")) ?? .null
      let services = status["services"]?.arrayValue ?? []
      let isIdle = services.allSatisfy { $0["lag"]?.intValue == 0 && $0["outbox_pending"]?.intValue == 0 }
      if services.count == 6, status["status"] == "ready", isIdle { return }
      try await Task.sleep(for: .milliseconds(250))
    }
    throw TestFailure("the platform was not idle within two minutes: \(status)")
  }
}
