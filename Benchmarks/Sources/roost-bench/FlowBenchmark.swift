import Foundation
import HTTPClient
import JSON

/// The whole flow in the release build of `roost`, durable, as a client sees it: from a memory's acknowledgement to the
/// `knowledge_graph.updated` that follows from it. The yardstick is the same disk's own pace: one durable SQLite
/// transaction after another.
struct FlowBenchmark: Benchmark {
  /// Where the events and the state lie.
  enum Setup: String {
    case embedded = "flow"
    case servers = "flow-servers"
  }

  let setup: Setup

  var name: String { setup.rawValue }

  var summary: String {
    let place = setup == .embedded ? "" : " on Kafka and PostgreSQL"
    return "memories through the whole flow of a running roost\(place), its latency, start and memory"
  }

  private static let total = 20_000
  private static let batch = 100
  private static let clients = 4
  /// Writes a second while the latency is measured: a tenth of the load to reach.
  private static let calmRate = 200
  private static let calmSeconds = 15

  func run() async throws -> [Row] {
    let settings = try settings()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roost-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let raw = try RawLog(path: folder.appendingPathComponent("raw.db").path)
    let single = Self.transactionsPerSecond(raw)

    let server = try await RoostServer.start(
      dataFolder: folder.appendingPathComponent("data"), settings: settings)
    defer { server.stop() }
    try await Task.sleep(for: .seconds(2))
    let idle = server.residentMegabytes
    let watcher = GraphWatcher(url: server.url)
    let watching = Task { try await watcher.run() }
    defer { watching.cancel() }
    try await watcher.started()

    let before = server.processorTime
    let throughput = try await load(server, watcher)
    let busy = server.residentMegabytes
    let work = (server.processorTime - before) / Self.total
    let latencies = try await calm(server, watcher)
    return [
      Row("memories through the flow", ours: throughput, yardstick: ("SQLite transactions, one by one", single)),
      Row("processor time of a memory, all threads", ours: work / .microseconds(1), unit: " us"),
      Row("acknowledged to graph updated at \(Self.calmRate)/s, p50", ours: latencies.p50, unit: " ms"),
      Row("acknowledged to graph updated at \(Self.calmRate)/s, p99", ours: latencies.p99, unit: " ms"),
      Row("start to ready", ours: server.startMilliseconds, unit: " ms"),
      Row("resident when idle", ours: idle, unit: " MB"),
      Row("resident after \(Self.total) memories", ours: busy, unit: " MB"),
    ]
  }

  private func settings() throws -> [String: String] {
    guard setup == .servers else { return [:] }
    return [
      "ROOST_KAFKA_BOOTSTRAP_SERVERS": try Servers.kafka(), "ROOST_DATABASE_URL": try Servers.postgres(),
      "ROOST_KAFKA_TOPIC_PREFIX": "bench-\(UUID().uuidString.prefix(8).lowercased()).",
    ]
  }

  private static func transactionsPerSecond(_ raw: RawLog) -> Double {
    let clock = ContinuousClock()
    let type = Array("memory.created".utf8CString)
    let key = Array("mem_0193a1b2-7c4d-7e8f-9a0b-1c2d3e4f5a6b".utf8CString)
    let time = clock.measure {
      for _ in 0..<2_000 { try? raw.append(1, type: type, id: key, key: key, value: SampleEvent.bytes) }
    }
    return 2_000 / (time / .seconds(1))
  }

  /// Memories a second, from the first request to the last update of the graph.
  private func load(_ server: RoostServer, _ watcher: GraphWatcher) async throws -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup { group in
      for client in 0..<Self.clients {
        group.addTask {
          for index in stride(from: client, to: Self.total / Self.batch, by: Self.clients) {
            let memories = (0..<Self.batch).map { Self.memory(index * Self.batch + $0) }
            let response = try await HTTPClient.shared.json(
              ["memories": .array(memories)], to: server.url + "/v1/memories/batch")
            guard response.isSuccess else { throw BenchmarkFailure("a batch was refused: \(response.text)") }
          }
        }
      }
      try await group.waitForAll()
    }
    try await watcher.wait(for: Self.total)
    return Double(Self.total) / ((clock.now - start) / .seconds(1))
  }

  private func calm(_ server: RoostServer, _ watcher: GraphWatcher) async throws -> (p50: Double, p99: Double) {
    let clock = ContinuousClock()
    let count = Self.calmRate * Self.calmSeconds
    let start = clock.now
    let acknowledged = try await withThrowingTaskGroup(of: (String, ContinuousClock.Instant).self) { group in
      for index in 0..<count {
        try await clock.sleep(until: start + .seconds(1) * index / Self.calmRate)
        group.addTask {
          let response = try await HTTPClient.shared.json(Self.memory(index), to: server.url + "/v1/memories")
          guard let id = try response.json()["memory_id"]?.stringValue else {
            throw BenchmarkFailure("a memory was refused: \(response.text)")
          }
          return (id, clock.now)
        }
      }
      return try await group.reduce(into: [:]) { times, entry in times[entry.0] = entry.1 }
    }
    try await watcher.wait(for: Self.total + count)
    let updated = watcher.times
    let latencies = acknowledged.compactMap { id, time in
      updated[id].map { max(0, ($0 - time) / .milliseconds(1)) }
    }.sorted()
    return (latencies[latencies.count / 2], latencies[latencies.count * 99 / 100])
  }

  private static let people = ["John", "Mary", "Anna", "Peter", "Laura", "David", "Emma", "Thomas"]
  private static let places = ["Paris", "London", "Berlin", "Madrid", "Rome", "Vienna", "Oslo", "Lisbon", "Prague"]

  private static func memory(_ index: Int) -> JSONValue {
    let person = people[index % people.count]
    return [
      "content": .string("\(person) visited \(places[index % places.count]) last summer and wrote note \(index)."),
      "user_id": .string(person.lowercased()),
    ]
  }
}

/// A measurement that could not be made.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
