import Events
import Foundation
import KafkaTransport
import MemoryEvents
import Messaging
import Storage
import Synchronization

/// What was committed to PostgreSQL on its way to Kafka: a backlog's rate, and one event's time at a calm rate.
///
/// The yardstick of the backlog is the same broker's own pace: a C program over librdkafka that sends as many messages of
/// the same size, without a database behind them.
struct OutboxBenchmark: Benchmark {
  let name = "outbox"
  let summary =
    "outbox rows from PostgreSQL to Kafka: a backlog of 500,000, and from commit to consumer at 500 a second"

  private static let backlog = 500_000
  private static let calmRate = 500
  private static let calmSeconds = 10

  func run() async throws -> [Row] {
    let servers = try Servers.kafka()
    return try await BenchSchema.with(try Servers.postgres()) { schema in
      var configuration = KafkaConfiguration(bootstrapServers: servers)
      configuration.topicPrefix = "bench-\(UUID().uuidString.prefix(8).lowercased())."
      configuration.partitions = 4
      let transport = try await KafkaTransport.open(configuration: configuration)
      let environment = schema.environment(transport: transport, publishes: [MemoryCreated.self])
      let value = FileManager.default.temporaryDirectory.appendingPathComponent("roost-bench-\(UUID().uuidString)")
      try Data(SampleEvent.bytes).write(to: value)
      defer { try? FileManager.default.removeItem(at: value) }

      // The topic is there, and its partitions' leaders are known.
      let latencies = try await Self.calm(environment)
      let raw = try RawKafka(bootstrapServers: servers, valueFile: value)
        .publish(Self.backlog, to: configuration.topicPrefix + "memory")
      let sent = try await Self.drain(environment, schema)
      await transport.close()
      return [
        Row("outbox rows to Kafka, backlog of 500 000", ours: sent, yardstick: ("librdkafka in C, no database", raw)),
        Row("from commit to consumer at \(Self.calmRate)/s, p50", ours: latencies.p50, unit: " ms"),
        Row("from commit to consumer at \(Self.calmRate)/s, p99", ours: latencies.p99, unit: " ms"),
      ]
    }
  }

  /// Rows a second, from the relay's start until none is left.
  private static func drain(_ environment: ServiceEnvironment, _ schema: BenchSchema) async throws -> Double {
    try await schema.database.write { tx in
      _ = try tx.execute(
        """
        INSERT INTO outbox (virtual_partition, topic, key, event_id, event_type, headers, value)
        SELECT n % 256, 'memory', convert_to('mem_0193a1b2-7c4d-7e8f-9a0b-1c2d' || n % 10000, 'UTF8'), '0193a1b2-7c4d-7000-8123-' || n,
          'memory.created', ?::bytea, ?::bytea FROM generate_series(1, \(backlog)) AS n
        """, EventHeaders().encoded, SampleEvent.bytes)
    }
    let relay = OutboxRelay(environment: environment)
    let clock = ContinuousClock()
    let start = clock.now
    let running = Task { await relay.run() }
    while try await relay.pending() > 0 { try await Task.sleep(for: .milliseconds(20)) }
    let time = clock.now - start
    await relay.drain(grace: .seconds(5))
    await running.value
    return Double(backlog) / (time / .seconds(1))
  }

  private static func calm(_ environment: ServiceEnvironment) async throws -> (p50: Double, p99: Double) {
    let clock = ContinuousClock()
    let relay = OutboxRelay(environment: environment)
    let relaying = Task { await relay.run() }
    let arrivals = Mutex<[String: ContinuousClock.Instant]>([:])
    // The first event makes the topic.
    _ = try await environment.context().transaction { tx in try tx.publish(Self.memory(-1)).id }
    let subscription = try await environment.transport.subscribe(
      group: "bench-\(UUID().uuidString)", to: .named(["memory"]))
    let reading = Task {
      while true {
        guard case .records(let records) = try await subscription.nextBatch(limit: 100) else { continue }
        let now = clock.now
        arrivals.withLock { arrivals in for record in records { arrivals[record.record.eventID ?? ""] = now } }
        subscription.acknowledge(records.map(\.position))
      }
    }
    while arrivals.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(20)) }

    let count = calmRate * calmSeconds
    let start = clock.now
    let committed = try await withThrowingTaskGroup(of: (String, ContinuousClock.Instant).self) { group in
      for index in 0..<count {
        try await clock.sleep(until: start + .seconds(1) * index / calmRate)
        group.addTask {
          let id = try await environment.context().transaction { tx in try tx.publish(Self.memory(index)).id }
          return (id, clock.now)
        }
      }
      return try await group.reduce(into: [:]) { times, entry in times[entry.0] = entry.1 }
    }
    while arrivals.withLock({ $0.count }) < count + 1 { try await Task.sleep(for: .milliseconds(20)) }
    reading.cancel()
    await subscription.close()
    await relay.drain(grace: .seconds(5))
    await relaying.value
    let arrived = arrivals.withLock { $0 }
    let latencies = committed.compactMap { id, time in arrived[id].map { max(0, ($0 - time) / .milliseconds(1)) } }
      .sorted()
    return (latencies[latencies.count / 2], latencies[latencies.count * 99 / 100])
  }

  private static func memory(_ index: Int) -> MemoryCreated {
    MemoryCreated(
      memoryID: "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d\(index)", content: "The user likes green tea in the morning.",
      userID: "user-4711", version: 1)
  }
}
