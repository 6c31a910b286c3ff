import HTTPClient
import KnowledgeGraphService
import MemoryService
import Messaging
import RoostTesting
import RuntimeHost
import Synchronization
import Testing

/// Two hosts with the same services, on one log and one set of databases: to each of them the other is another process.
@Suite("Services that several processes share")
struct SharedServiceTests {
  private static let services: [any ServicePlugin.Type] = [MemoryService.self, KnowledgeGraphService.self]
  private static let writers = 4
  private static let rounds = 3

  @Test(
    "each version of a memory has one extraction, in order, and its facts once, while one of two hosts stops and starts again",
    .timeLimit(.minutes(5)), arguments: TestEngine.available)
  func share(on engine: TestEngine) async throws {
    try await TestDatabases.run(on: engine) { databases in
      let log = InMemoryTransport()
      try await TestHost.run(Self.services, on: databases, over: log) { first in
        let ledger = WriteLedger()
        let addresses = Addresses(first.url)
        try await withThrowingTaskGroup { group in
          for writer in 0..<Self.writers { group.addTask { try await Self.write(writer, to: addresses, ledger) } }
          var work = 0
          for _ in 0..<Self.rounds {
            work += try await TestHost.run(Self.services, on: databases, over: log) { second in
              addresses.second = second.url
              await ledger.wait(for: ledger.acknowledgements + 60)
              // It is stopped in the middle of its work and of requests.
              return try await Self.handled(by: second)
            }
            addresses.second = nil
            await ledger.wait(for: ledger.acknowledgements + 20)
          }
          addresses.isOver = true
          try await group.waitForAll()
          #expect(work > 0, "the second host had no share of the work")
        }
        try await MemoryAudit(url: first.url, ledger: ledger).run()
      }
      await log.close()
    }
  }

  /// Creates memories and rewrites every other one, by the two hosts in turn, until it is over.
  private static func write(_ writer: Int, to addresses: Addresses, _ ledger: WriteLedger) async throws {
    for index in 0... {
      if addresses.isOver { return }
      let visited = "John visited Paris in note \(writer).\(index)."
      let key = "\(writer)-\(index)"
      let written = try await addresses.tried(index) { try await MemoryClient(url: $0).create(visited, key: key) }
      ledger.acknowledge(written.memoryID, version: written.version, content: visited)
      guard index % 2 == 0 else { continue }
      let moved = "Mary visited London in note \(writer).\(index)."
      let updated = try await addresses.tried(index + 1) {
        try await MemoryClient(url: $0).update(written.memoryID, to: moved)
      }
      ledger.acknowledge(written.memoryID, version: updated.version, content: moved)
    }
  }

  /// How many events the handlers of a host took.
  private static func handled(by host: TestHost) async throws -> Int {
    let metrics = try await host.send("GET", "/metrics").text
    let lines = metrics.split(separator: "\n").filter {
      $0.hasPrefix("roost_events_handled_total{") && $0.contains("outcome=\"done\"")
    }
    return lines.reduce(0) { $0 + (Double($1.split(separator: " ").last ?? "").map { Int($0) } ?? 0) }
  }

  /// Where the hosts are at present.
  private final class Addresses: Sendable {
    private let first: String
    private let state = Mutex<(second: String?, isOver: Bool)>((nil, false))

    init(_ first: String) { self.first = first }

    var second: String? {
      get { state.withLock { $0.second } }
      set { state.withLock { $0.second = newValue } }
    }

    var isOver: Bool {
      get { state.withLock { $0.isOver } }
      set { state.withLock { $0.isOver = newValue } }
    }

    /// Asks one of the two, and the first one again when the other is gone: both requests may have been done once.
    func tried<Value: Sendable>(_ turn: Int, _ request: (String) async throws -> Value) async throws -> Value {
      if turn % 2 == 1, let second, let value = try? await request(second) { return value }
      return try await request(first)
    }
  }
}
