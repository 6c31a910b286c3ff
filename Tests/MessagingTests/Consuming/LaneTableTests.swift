import Events
import Testing

@testable import Messaging

@Suite("Lanes")
struct LaneTableTests {
  private func record(_ offset: Int64, key: String?, partition: Int32 = 0) -> DeliveredRecord {
    DeliveredRecord(
      record: EventRecord(topic: "notes", key: key, value: []),
      position: RecordPosition(topic: "notes", partition: partition, offset: offset), appendedAtMicroseconds: 0)
  }

  private let event = Event(NoteTaken(book: "b", number: 1), sourceService: "test")

  private func table(capacity: Int = 10, concurrency: [Int] = [10], highWater: Int = 100) -> LaneTable {
    LaneTable(capacity: capacity, concurrency: concurrency, highWater: highWater)
  }

  private func startAll(_ table: inout LaneTable) -> [Delivery] {
    var started: [Delivery] = []
    while case let deliveries = table.start(), !deliveries.isEmpty { started += deliveries }
    return started
  }

  private func started(_ table: inout LaneTable) throws -> Delivery {
    let deliveries = table.start()
    #expect(deliveries.count == 1)
    return try #require(deliveries.first)
  }

  @Test("of one key one delivery runs at a time, in the order of the log")
  func oneAtATime() {
    var table = table()
    for offset in 0..<3 { _ = table.add(record(Int64(offset), key: "k"), event, for: [0]) }
    for offset in 0..<3 {
      let started = startAll(&table)
      #expect(started.map(\.record.position.offset) == [Int64(offset)])
      for delivery in started { _ = table.finish(delivery) }
    }
    #expect(table.outstanding == 0)
  }

  @Test("different keys, and records without one, run side by side up to the bounds")
  func sideBySide() {
    var table = table(capacity: 5, concurrency: [3, 10])
    for offset in 0..<8 { _ = table.add(record(Int64(offset), key: "k\(offset)"), event, for: [0, 1]) }
    let started = startAll(&table)
    #expect(started.count == 5)
    #expect(started.count { $0.handler == 0 } <= 3)
    #expect(Set(started.map(\.handler)) == [0, 1])
    var free = self.table()
    for offset in 0..<4 { _ = free.add(record(Int64(offset), key: nil), event, for: [0]) }
    #expect(startAll(&free).count == 4)
  }

  @Test("a handler that takes many at once is given as many as there is room for, each of another key")
  func batches() {
    var table = LaneTable(capacity: 8, concurrency: [6, 10], batches: [4], highWater: 100)
    for offset in 0..<10 { _ = table.add(record(Int64(offset), key: "k\(offset / 2)"), event, for: [0]) }
    let first = table.start()
    #expect(first.map(\.record.position.offset) == [0, 2, 4, 6])
    // Of the five keys one is left.
    #expect(table.start().map(\.record.position.offset) == [8])
    #expect(table.start().isEmpty)
    for delivery in first { _ = table.finish(delivery) }
    #expect(table.start().map(\.record.position.offset) == [1, 3, 5, 7])
  }

  @Test("a delivery that rests keeps its key's turn and gives its place up")
  func resting() throws {
    var table = table(capacity: 1)
    _ = table.add(record(0, key: "a"), event, for: [0])
    _ = table.add(record(1, key: "a"), event, for: [0])
    _ = table.add(record(2, key: "b"), event, for: [0])
    let first = try started(&table)
    table.rest(first)
    let other = try started(&table)
    #expect(other.record.position.offset == 2)
    _ = table.finish(other)
    #expect(startAll(&table).isEmpty)
    table.requeue(first)
    #expect(startAll(&table).map(\.record.position.offset) == [0])
  }

  @Test("a record is acknowledged when the last of its handlers has finished")
  func acknowledged() throws {
    var table = table(concurrency: [1, 1])
    _ = table.add(record(7, key: "a"), event, for: [0, 1])
    let first = try started(&table)
    let second = try started(&table)
    let acknowledged = [table.finish(first).acknowledge?.offset, table.finish(second).acknowledge?.offset]
    #expect(acknowledged == [nil, 7])
  }

  @Test("a partition is paused when it is full and resumed when half of it is done")
  func pausing() throws {
    var table = table(highWater: 4)
    let pauses = (0..<4).map { table.add(record(Int64($0), key: "k\($0)"), event, for: [0]).pause }
    #expect(pauses == [nil, nil, nil, TopicPartition(topic: "notes", partition: 0)])
    let started = startAll(&table)
    let resumes = started.map { table.finish($0).resume }
    #expect(resumes == [nil, TopicPartition(topic: "notes", partition: 0), nil, nil])
  }

  @Test("of a partition that is given up nothing more starts, and what runs is still acknowledged")
  func givenUp() throws {
    var table = table(capacity: 1)
    _ = table.add(record(0, key: "a"), event, for: [0])
    _ = table.add(record(1, key: "a"), event, for: [0])
    _ = table.add(record(0, key: "b", partition: 1), event, for: [0])
    let running = try started(&table)
    let given: Set = [TopicPartition(topic: "notes", partition: 0)]
    table.giveUp(given)
    #expect(!table.isIdle(given))
    let acknowledged = table.finish(running).acknowledge
    #expect(acknowledged?.offset == 0)
    #expect(table.isIdle(given))
    #expect(startAll(&table).map(\.record.position.partition) == [1])
  }

  @Test("a delivery that rests while its partition is given up does not come back")
  func restsWhileGivenUp() throws {
    var table = table()
    _ = table.add(record(0, key: "a"), event, for: [0])
    let resting = try started(&table)
    table.rest(resting)
    table.giveUp([TopicPartition(topic: "notes", partition: 0)])
    table.requeue(resting)
    #expect(startAll(&table).isEmpty)
    _ = table.add(record(0, key: "a"), event, for: [0])
    #expect(startAll(&table).count == 1)
  }
}
