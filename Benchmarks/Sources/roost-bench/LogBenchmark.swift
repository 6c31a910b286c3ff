import EventLog
import Foundation
import Messaging

/// The embedded log beside a plain loop over SQLite: durable appends in batches and one by one, and reading as a group.
struct LogBenchmark: Benchmark {
  let name = "log"
  let summary = "append to the embedded log and read from it as a group, beside a loop over SQLite's C interface"

  private static let total = 200_000
  private static let rounds = 3

  func run() async throws -> [Row] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roost-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = try await EventLogTransport.open(path: folder.appendingPathComponent("events.db").path)
    let raw = try RawLog(path: folder.appendingPathComponent("raw.db").path)

    let appending = try await inTurns(
      Self.total,
      ours: { try await append(batch: 1000, to: log) },
      yardstick: { try append(batch: 1000, to: raw) })
    let single = try await inTurns(
      500,
      ours: { for _ in 0..<500 { try check(await log.append([Self.record])) } },
      yardstick: { for _ in 0..<500 { try Self.append(1, to: raw) } })
    let together = try await inTurns(
      6400,
      ours: { try await appendSingly(writers: 64, each: 100, to: log) },
      yardstick: { for _ in 0..<500 { try Self.append(1, to: raw) } }, yardstickCount: 500)
    let reading = try await inTurns(
      Self.total,
      ours: { try await read(from: log) },
      yardstick: { keep(raw.read(from: 0, count: Self.total)) })
    await log.close()
    return [
      Row("append, 1,000 a batch, durable", ours: appending.ours, yardstick: ("SQLite", appending.yardstick)),
      Row("append one, durable", ours: single.ours, yardstick: ("SQLite", single.yardstick)),
      Row("append one each by 64 tasks", ours: together.ours, yardstick: ("SQLite, one by one", together.yardstick)),
      Row("read and acknowledge as a group", ours: reading.ours, yardstick: ("SQLite", reading.yardstick)),
    ]
  }

  private func inTurns(
    _ count: Int, ours: () async throws -> Void, yardstick: () throws -> Void, yardstickCount: Int? = nil
  ) async throws -> (ours: Double, yardstick: Double) {
    let clock = ContinuousClock()
    var best = (ours: 0.0, yardstick: 0.0)
    for _ in 0..<Self.rounds {
      let raw = try clock.measure { try yardstick() }
      let time = try await clock.measure { try await ours() }
      best.yardstick = max(best.yardstick, Double(yardstickCount ?? count) / (raw / .seconds(1)))
      best.ours = max(best.ours, Double(count) / (time / .seconds(1)))
    }
    return best
  }

  // MARK: Ours

  private static let record = EventRecord(
    topic: "memory", key: "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d3e4f5a6b", value: SampleEvent.bytes,
    eventType: "memory.created", eventID: "0193a1b2-7c4d-7000-8123-456789abcdef")

  private func append(batch: Int, to log: EventLogTransport) async throws {
    let records = (0..<batch).map { index in
      var record = Self.record
      record.key = "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d3e4f\(1000 + index)"
      return record
    }
    for _ in 0..<Self.total / batch { try check(await log.append(records)) }
  }

  private func appendSingly(writers: Int, each: Int, to log: EventLogTransport) async throws {
    try await withThrowingTaskGroup { group in
      for _ in 0..<writers {
        group.addTask { for _ in 0..<each { try check(await log.append([Self.record])) } }
      }
      try await group.waitForAll()
    }
  }

  private func read(from log: EventLogTransport) async throws {
    let subscription = try await log.subscribe(group: UUID().uuidString, to: .all)
    var count = 0
    while count < Self.total {
      guard case .records(let records) = try await subscription.nextBatch(limit: 1000) else { continue }
      count += records.count
      subscription.acknowledge(records.map(\.position))
    }
    await subscription.close()
  }

  private func check(_ outcomes: [AppendOutcome]) throws {
    for case .failed(let error) in outcomes { throw error }
  }

  // MARK: The yardstick

  private func append(batch: Int, to raw: RawLog) throws {
    for _ in 0..<Self.total / batch { try Self.append(batch, to: raw) }
  }

  private static let type = Array("memory.created".utf8CString)
  private static let id = Array("0193a1b2-7c4d-7000-8123-456789abcdef".utf8CString)
  private static let key = Array("mem_0193a1b2-7c4d-7e8f-9a0b-1c2d3e4f5a6b".utf8CString)

  private static func append(_ count: Int, to raw: RawLog) throws {
    try raw.append(count, type: type, id: id, key: key, value: SampleEvent.bytes)
  }
}
