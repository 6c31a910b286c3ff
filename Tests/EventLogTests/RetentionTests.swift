import Messaging
import Testing

@testable import EventLog

@Suite("Retention")
struct RetentionTests {
  private let folder: TemporaryFolder
  private let time = TestClock()

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(_ configure: @escaping (inout EventLogConfiguration) -> Void) async throws -> EventLogTransport {
    try await Log.open(folder) {
      $0.clock = time.clock
      $0.maximumAge = nil
      $0.maximumBytes = nil
      configure(&$0)
    }
  }

  private func kept(_ log: EventLogTransport) async throws -> [String] {
    let tail = try await log.tail(from: .beginning, topics: .all)
    let batch = try await tail.nextBatch(limit: 100_000, waiting: false)
    await tail.close()
    return Log.values(batch.records.map(\.delivered))
  }

  @Test("records beyond the age go, younger ones stay")
  func age() async throws {
    let log = try await open { $0.maximumAge = .seconds(60) }
    try await Log.append(Log.records(0..<2500), to: log)
    time.advance(by: .seconds(50))
    try await Log.append(Log.records(2500..<2510), to: log)
    #expect(try await log.removeOldRecords() == 0)
    time.advance(by: .seconds(11))
    #expect(try await log.removeOldRecords() == 2500)
    #expect(try await kept(log) == (2500..<2510).map(String.init))
    await log.close()
  }

  @Test("the newest record stays, so that offsets never come again")
  func newest() async throws {
    let log = try await open { $0.maximumAge = .seconds(60) }
    let before = try await Log.append(Log.records(0..<5), to: log)
    time.advance(by: .seconds(600))
    #expect(try await log.removeOldRecords() == 4)
    await log.close()
    let again = try await open { _ in }
    let after = try await Log.append(Log.records(5..<6), to: again)
    #expect(after[0].offset == before[4].offset + 1)
    await again.close()
  }

  @Test("the oldest go while the log is larger than its bound")
  func size() async throws {
    let log = try await open { $0.maximumBytes = 1 << 20 }
    for start in stride(from: 0, to: 3000, by: 500) {
      try await Log.append(
        (start..<start + 500).map {
          EventRecord(topic: "memory", key: "\($0)", value: .init(repeating: 1, count: 1000))
        },
        to: log)
    }
    let removed = try await log.removeOldRecords()
    #expect(removed > 1500 && removed < 2500)
    #expect(try await log.removeOldRecords() < 200)
    await log.close()
  }

  @Test("what an active group has not acknowledged stays, and what it has goes")
  func activeGroup() async throws {
    let log = try await open { $0.maximumAge = .seconds(60) }
    try await Log.append(Log.records(0..<100), to: log)
    let subscription = try await log.subscribe(group: "g", to: .all)
    let read = try await Log.read(100, from: subscription)
    subscription.acknowledge(read.filter { $0.position.offset <= 40 }.map(\.position))
    await subscription.flush()
    time.advance(by: .seconds(600))
    #expect(try await log.removeOldRecords() == 40)
    #expect(try await kept(log).first == "40")
    await log.close()
  }

  @Test("a group that has been away for too long holds nothing back")
  func inactiveGroup() async throws {
    let log = try await open {
      $0.maximumAge = .seconds(60)
      $0.groupRetention = .seconds(3600)
    }
    try await Log.append(Log.records(0..<10), to: log)
    let subscription = try await log.subscribe(group: "g", to: .all)
    _ = try await Log.read(10, from: subscription)
    await subscription.close()
    time.advance(by: .seconds(600))
    #expect(try await log.removeOldRecords() == 0)
    time.advance(by: .seconds(3600))
    #expect(try await log.removeOldRecords() == 9)
    await log.close()
  }
}
