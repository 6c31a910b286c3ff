import Events
import Foundation
import KafkaTransport
import MemoryEvents
import Messaging
import Synchronization

/// The Kafka transport beside a C program over librdkafka, on the same broker, with the same bytes and headers.
struct KafkaBenchmark: Benchmark {
  let name = "kafka"
  let summary = "publish, await and consume over Kafka, beside a C program on librdkafka"

  private static let total = 500_000
  private static let awaited = 3_000
  private static let rounds = 3
  private static let batch = 1_000
  /// Appends under way at once: an outbox's relay and its likes keep the producer's queue filled with as many.
  private static let appenders = 8

  func run() async throws -> [Row] {
    let servers = try Servers.kafka()
    let value = FileManager.default.temporaryDirectory.appendingPathComponent("roost-bench-\(UUID().uuidString)")
    try Data(SampleEvent.bytes).write(to: value)
    defer { try? FileManager.default.removeItem(at: value) }
    let raw = RawKafka(bootstrapServers: servers, valueFile: value)
    var configuration = KafkaConfiguration(bootstrapServers: servers)
    configuration.topicPrefix = "bench-\(UUID().uuidString.prefix(8).lowercased())."
    configuration.partitions = 4
    let topic = configuration.topicPrefix + "memory"
    let transport = try await KafkaTransport.open(configuration: configuration)
    // The topic is made and its leader known before anything is timed.
    try Self.check(await transport.append([Self.record(0)]))

    var publishing = (ours: 0.0, raw: 0.0, merging: 0.0)
    var single = (ours: (p50: Double.infinity, p99: Double.infinity), raw: (p50: Double.infinity, p99: Double.infinity))
    for _ in 0..<Self.rounds {
      publishing.raw = max(publishing.raw, try raw.publish(Self.total, to: topic))
      publishing.ours = max(publishing.ours, try await Self.publish(to: transport))
      publishing.merging = max(publishing.merging, try raw.publish(Self.total, to: topic, mergesFreeMemory: true))
      let rawSingle = try raw.awaited(Self.awaited, to: topic)
      let oursSingle = try await Self.awaited(on: transport)
      if rawSingle.p50 < single.raw.p50 { single.raw = rawSingle }
      if oursSingle.p50 < single.ours.p50 { single.ours = oursSingle }
    }
    var consuming = (ours: 0.0, raw: 0.0)
    for _ in 0..<Self.rounds {
      consuming.raw = max(consuming.raw, try raw.consume(Self.total, from: topic))
      consuming.ours = max(consuming.ours, try await Self.consume(from: transport))
    }
    await transport.close()
    return [
      Row("publish, typed, acknowledged", ours: publishing.ours, yardstick: ("librdkafka in C", publishing.raw)),
      // What of it is the memory's doing: see `FreeMemory` in the transport.
      Row(
        "the same", ours: publishing.ours,
        yardstick: ("librdkafka in C, with the transport's malloc setting", publishing.merging)),
      Row(
        "one awaited publish, p50", ours: single.ours.p50, unit: " us", yardstick: ("librdkafka in C", single.raw.p50)),
      Row(
        "one awaited publish, p99", ours: single.ours.p99, unit: " us", yardstick: ("librdkafka in C", single.raw.p99)),
      Row(
        "consume, decode, call a typed handler", ours: consuming.ours,
        yardstick: ("librdkafka in C, never looking", consuming.raw)),
    ]
  }

  /// A typed payload on its way to what is sent: the work of a publisher is part of the measure.
  private static func record(_ number: Int) -> EventRecord {
    let digits = String(10_000_000 + number % 10_000)
    let payload = MemoryCreated(
      memoryID: "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d\(digits)", content: "The user likes green tea in the morning.",
      userID: "user-4711", version: 1)
    let event = Event(
      payload,
      id: "0193a1b2-7c4d-7000-8123-0000\(digits)", timestamp: SampleEvent.event.timestamp,
      sourceService: SampleEvent.event.sourceService, metadata: SampleEvent.event.metadata)
    return EventRecord(event, key: payload.aggregateID)
  }

  private static func publish(to transport: KafkaTransport) async throws -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup { group in
      for appender in 0..<appenders {
        group.addTask {
          for first in stride(from: appender * batch, to: total, by: appenders * batch) {
            try check(await transport.append((first..<min(first + batch, total)).map(record)))
          }
        }
      }
      try await group.waitForAll()
    }
    return Double(total) / ((clock.now - start) / .seconds(1))
  }

  private static func awaited(on transport: KafkaTransport) async throws -> (p50: Double, p99: Double) {
    let clock = ContinuousClock()
    var times: [Double] = []
    for number in 0..<awaited + 100 {
      let start = clock.now
      try check(await transport.append([record(number)]))
      if number >= 100 { times.append((clock.now - start) / .microseconds(1)) }
    }
    times.sort()
    return (times[times.count / 2], times[times.count * 99 / 100])
  }

  /// Reads as a group of its own from the beginning: each event is parsed, matched, decoded and handed to a handler.
  private static func consume(from transport: KafkaTransport) async throws -> Double {
    let handled = Mutex(0)
    var handlers = PatternTrie<@Sendable (Event) throws -> Void>()
    handlers.insert(EventPattern(MemoryCreated.eventType)) { event in
      let typed = TypedEvent(event: event, payload: try event.decode(MemoryCreated.self))
      handled.withLock { $0 += typed.payload.version }
    }
    let subscription = try await transport.subscribe(group: "bench-\(UUID().uuidString)", to: .named(["memory"]))
    let clock = ContinuousClock()
    var start: ContinuousClock.Instant?
    var count = 0
    while count < total {
      guard case .records(let records) = try await subscription.nextBatch(limit: batch) else { continue }
      // Joining the group is not what is measured.
      if start == nil { start = clock.now }
      for delivered in records {
        let event = try Event(parsing: delivered.record.value)
        try handlers.forEachMatch(event.type) { (handler) throws in try handler(event) }
      }
      subscription.acknowledge(records.map(\.position))
      count += records.count
    }
    let time = clock.now - (start ?? clock.now)
    await subscription.close()
    return Double(count) / (time / .seconds(1))
  }

  private static func check(_ outcomes: [AppendOutcome]) throws {
    for case .failed(let error) in outcomes { throw error }
  }
}
