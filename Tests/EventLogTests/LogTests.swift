import Events
import Messaging
import Storage
import Testing

@testable import EventLog

@Suite("The log file")
struct LogTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("positions and offsets go on where they were after closing and opening")
  func reopening() async throws {
    let first = try await Log.open(folder)
    let before = try await Log.append(Log.records(0..<20), to: first)
    let subscription = try await first.subscribe(group: "g", to: .all)
    let read = try await Log.read(20, from: subscription)
    subscription.acknowledge(read.prefix(15).map(\.position).reversed())
    await subscription.close()
    await first.close()
    let second = try await Log.open(folder)
    #expect(try await Log.lag(second, "g") == 5)
    let after = try await Log.append(Log.records(20..<21), to: second)
    #expect(after[0].offset == before[19].offset + 1)
    let again = try await second.subscribe(group: "g", to: .all)
    #expect(Set(Log.values(try await Log.read(6, from: again))) == Set((15...20).map(String.init)))
    await second.close()
  }

  @Test("the number of partitions is the file's, whatever a later opener says")
  func partitionCount() async throws {
    await (try await Log.open(folder) { $0.partitions = 3 }).close()
    let log = try await Log.open(folder) { $0.partitions = 50 }
    let positions = try await Log.append(Log.records(0..<200), to: log)
    #expect(Set(positions.map(\.partition)) == [0, 1, 2])
    await log.close()
  }

  @Test("a key's partition never changes")
  func partitionOfKey() {
    // Computed once: other values would send a key's later events where nobody orders them behind its earlier ones.
    #expect(["", "mem_1", "mem_2", "ключ"].map { PartitionHash.partition(of: $0, among: 16) } == [1, 1, 4, 15])
  }

  @Test("a record that is refused does not keep its neighbours out")
  func refusals() async throws {
    let log = try await Log.open(folder) { $0.maximumRecordBytes = 100 }
    var records = Log.records(0..<4)
    records[1].value = [UInt8](repeating: 0, count: 101)
    records[2].topic = "no topic"
    let outcomes = await log.append(records)
    var kinds: [TransportError.Kind?] = []
    for outcome in outcomes {
      switch outcome {
      case .appended: kinds.append(nil)
      case .failed(let error):
        #expect(error.isPermanent)
        kinds.append(error.kind)
      }
    }
    #expect(kinds == [nil, .tooLarge, .refused, nil])
    await log.close()
  }

  @Test("a full disk fails the append and nothing else, and is over when there is room")
  func diskFull() async throws {
    let log = try await Log.open(folder) { $0.maximumPages = 60 }
    try await Log.append(Log.records(0..<1), to: log)
    let huge = EventRecord(topic: "memory", key: "k", value: [UInt8](repeating: 1, count: 1 << 20))
    let outcomes = await log.append([Log.records(1..<2)[0], huge])
    for outcome in outcomes {
      guard case .failed(let error) = outcome else { throw Unexpected() }
      #expect(error.kind == .unavailable)
      #expect(error.isPermanent == false)
    }
    #expect(await log.health().status == .unavailable)
    try await Log.append(Log.records(2..<3), to: log)
    #expect(await log.health().status == .healthy)
    let subscription = try await log.subscribe(group: "g", to: .all)
    #expect(Set(Log.values(try await Log.read(2, from: subscription))) == ["0", "2"])
    await log.close()
  }

  @Test("rows that another program wrote wrongly are stepped over")
  func garbage() async throws {
    let time = TestClock()
    let log = try await Log.open(folder) { $0.clock = time.clock }
    try await Log.append(Log.records(0..<1), to: log)
    let other = try await SQLiteDatabase.open(path: folder.file("events.db"))
    try await other.write { tx in
      for row in [
        "(9999, 0, 1, 'value')", "(1, 5000, 1, 'value')", "(1, -1, 1, 'value')", "('x', 'y', 'z', 'value')",
        "(1, 1.5, 1, 'value')", "(-7, 0, 1, x'00')", "(9223372036854775807, 3, 1, x'00')",
      ] {
        try tx.execute("INSERT INTO events (topic_id, partition, appended_at, value) VALUES \(row)")
      }
      // Odd, but it has a place: it is delivered as it is.
      try tx.execute(
        "INSERT INTO events (topic_id, partition, appended_at, event_type, key, headers, value) VALUES (1, 1, 'x', 5, 6, x'ff', 7)"
      )
    }
    await other.close()
    try await Log.append(Log.records(1..<2), to: log)
    let subscription = try await log.subscribe(group: "g", to: .all)
    let values = Log.values(try await Log.read(3, from: subscription))
    #expect(Set(values) == ["0", "1", ""] || Set(values) == ["0", "1", "7"])
    let tail = try await log.tail(from: .beginning, topics: .all)
    #expect(try await tail.nextBatch(limit: 100, waiting: false).records.count == 3)
    #expect(try await Log.lag(log, "g") == 3)
    await subscription.close()
    time.advance(by: .seconds(30 * 24 * 3600))
    #expect(try await log.removeOldRecords() == 9)
    await log.close()
  }

  @Test("a damaged file is refused in one line that names it")
  func damaged() async throws {
    let log = try await Log.open(folder)
    try await Log.append(Log.records(0..<10), to: log)
    await log.close()
    let path = folder.file("events.db")
    var bytes = try TemporaryFolder.bytes(of: path)
    for index in 0..<100 { bytes[index] = 0x5a }
    try TemporaryFolder.write(bytes, to: path)
    let error = await #expect(throws: TransportError.self) { await (try await Log.open(folder)).close() }
    #expect(error?.kind == .damaged)
    #expect(error?.description.contains("events.db") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test("a log of a newer version is refused")
  func newer() async throws {
    let database = try await SQLiteDatabase.open(path: folder.file("events.db"))
    try await database.migrate(
      EventLogSchema.migrations + [Migration(99, "future", sqlite: "CREATE TABLE future (x)")], component: "event-log")
    await database.close()
    let error = await #expect(throws: TransportError.self) { await (try await Log.open(folder)).close() }
    #expect(error?.kind == .damaged)
  }

  @Test("a partition that was paused goes on where it stopped while the others went ahead")
  func pausing() async throws {
    let log = try await Log.open(folder)
    let positions = try await Log.append(Log.records(0..<300), to: log)
    let subscription = try await log.subscribe(group: "g", to: .all)
    guard case .assigned(let all) = try await subscription.nextBatch(limit: 1) else { throw Unexpected() }
    let paused = Set(all.filter { $0.partition % 2 == 0 })
    guard case .records(let first) = try await subscription.nextBatch(limit: 3) else { throw Unexpected() }
    subscription.pause(paused)
    let rest = positions.filter { !paused.contains($0.topicPartition) && !first.map(\.position).contains($0) }
    let others = try await Log.read(rest.count, from: subscription)
    #expect(others.map(\.position) == rest)
    subscription.resume(paused)
    let late = try await Log.read(positions.count - rest.count - first.count, from: subscription)
    #expect((first + others + late).map(\.position).sorted { $0.offset < $1.offset } == positions)
    #expect(late.map(\.position.offset) == late.map(\.position.offset).sorted())
    await log.close()
  }

  @Test("a tail behind records that were removed is refused rather than silently short")
  func removedCursor() async throws {
    let time = TestClock()
    let log = try await Log.open(folder) {
      $0.clock = time.clock
      $0.maximumAge = .seconds(60)
    }
    let positions = try await Log.append(Log.records(0..<10), to: log)
    time.advance(by: .seconds(120))
    try await Log.append(Log.records(10..<11), to: log)
    #expect(try await log.removeOldRecords() == 10)
    let error = await #expect(throws: TransportError.self) {
      _ = try await log.tail(from: TailCursor(rawValue: String(positions[3].offset)), topics: .all)
    }
    #expect(error?.kind == .invalidCursor)
    let tail = try await log.tail(from: .beginning, topics: .all)
    #expect(try await tail.nextBatch(limit: 10).records.count == 1)
    await log.close()
  }
}

struct Unexpected: Error {}
