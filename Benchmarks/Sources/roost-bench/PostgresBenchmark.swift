import Events
import MemoryEvents
import Messaging
import Storage

/// A handler's transaction on PostgreSQL, as the consumer runs it, beside pgbench with the same statements.
struct PostgresBenchmark: Benchmark {
  let name = "postgres"
  let summary = "a handler with inbox, state and outbox rows on PostgreSQL, beside pgbench"

  private static let total = 40_000
  private static let rounds = 3

  func run() async throws -> [Row] {
    let url = try Servers.postgres()
    return try await BenchSchema.with(url) { schema in
      var best = (ours: 0.0, one: 0.0, four: 0.0)
      let pgbench = Pgbench(url: url, schema: schema.name)
      for round in 0..<Self.rounds {
        best.one = max(best.one, try pgbench.transactionsPerSecond(connections: 1, count: 4_000))
        best.ours = max(best.ours, try await Self.handle(on: schema, round: round))
        best.four = max(best.four, try pgbench.transactionsPerSecond(connections: 4, count: 4_000))
      }
      return [
        Row(
          "handler with inbox, state and outbox row", ours: best.ours, yardstick: ("pgbench, 1 connection", best.one)),
        Row("the same, ours with its one writer", ours: best.ours, yardstick: ("pgbench, 4 connections", best.four)),
      ]
    }
  }

  /// Events a second that take effect: from the first delivery until all have.
  private static func handle(on schema: BenchSchema, round: Int) async throws -> Double {
    let transport = InMemoryTransport()
    let records = (0..<total).map { number in
      let event = Event(
        MemoryCreated(
          memoryID: "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d\(number % 10_000)",
          content: "The user likes green tea in the morning.", userID: "user-4711", version: 1),
        id: "0193a1b2-7c4d-7000-8123-\(round)-\(number)", timestamp: SampleEvent.event.timestamp,
        sourceService: "memory_service", metadata: SampleEvent.event.metadata)
      return EventRecord(
        topic: "memory", key: "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d\(number % 10_000)", value: event.encoded(),
        eventType: event.type.name, eventID: event.id)
    }
    for case .failed(let error) in await transport.append(records) { throw error }

    let environment = schema.environment(transport: transport, publishes: [MemoryCreated.self])
    let handled = Countdown(total)
    let handler = EventHandler(MemoryCreated.self, name: "count", options: HandlerOptions(concurrency: 256)) {
      event, context in
      try await context.transaction { tx in
        try tx.execute(
          "INSERT INTO counts (name, count) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET count = counts.count + 1",
          event.payload.memoryID)
        try tx.publish(event.payload)
      }
      handled.countDown()
    }
    let consumer = try EventConsumer(
      environment: environment, handlers: [handler],
      configuration: ConsumerConfiguration(concurrency: 256, partitionLimit: 1_024))
    let clock = ContinuousClock()
    let start = clock.now
    let running = Task { await consumer.run() }
    await handled.wait()
    let time = clock.now - start
    await consumer.drain(grace: .seconds(5))
    running.cancel()
    await running.value
    await transport.close()
    return Double(total) / (time / .seconds(1))
  }
}
