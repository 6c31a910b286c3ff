import Messaging
import RoostTesting
import Testing

@Suite("The in-memory log by itself")
struct InMemoryTransportTests {
  private let clock = ManualClock()

  private func record(_ index: Int, key: String = "k") -> EventRecord {
    EventRecord(topic: "memory", key: key, value: Array("\(index)".utf8))
  }

  private func transport(capacity: Int = 1_000, revocationTimeout: Duration = .seconds(60)) -> InMemoryTransport {
    var configuration = InMemoryConfiguration()
    configuration.partitions = 2
    configuration.capacity = capacity
    configuration.waitLimit = .seconds(5)
    configuration.revocationTimeout = revocationTimeout
    configuration.maximumRecordBytes = 100
    configuration.clock = clock
    return InMemoryTransport(configuration: configuration)
  }

  private func positions(_ outcomes: [AppendOutcome]) -> [RecordPosition] {
    outcomes.compactMap { if case .appended(let position) = $0 { position } else { nil } }
  }

  private func errors(_ outcomes: [AppendOutcome]) -> [TransportError.Kind?] {
    outcomes.map { if case .failed(let error) = $0 { error.kind } else { nil } }
  }

  @Test("what cannot be taken is refused for good, beside what is taken")
  func refuses() async {
    let transport = transport()
    let outcomes = await transport.append([
      record(0), EventRecord(topic: "a/b", key: nil, value: []),
      EventRecord(topic: "memory", key: "k", value: Array(repeating: 0, count: 100)), record(1),
    ])
    #expect(errors(outcomes) == [nil, .refused, .tooLarge, nil])
  }

  @Test("an append waits while a full log's groups have not acknowledged, and goes on when they have")
  func holdsBack() async throws {
    let transport = transport(capacity: 4)
    let subscription = try await transport.subscribe(group: "g", to: .all)
    let first = positions(await transport.append((0..<4).map { record($0) }))
    var given: [DeliveredRecord] = []
    while given.count < 4 {
      if case .records(let records) = try await subscription.nextBatch(limit: 10) { given += records }
    }
    let waiting = Task { await transport.append([record(4)]) }
    await clock.waitForSleepers(1)
    #expect(await transport.health().status == .degraded)
    subscription.acknowledge([first[0]])
    #expect(positions(await waiting.value).map(\.offset) == [4])
    #expect(await transport.health().status == .healthy)
    #expect(try await transport.lag(of: "g").values.reduce(0, +) == 4)
  }

  @Test("an append that finds no room in time fails, and nothing of it is appended")
  func fails() async throws {
    let transport = transport(capacity: 2)
    let subscription = try await transport.subscribe(group: "g", to: .all)
    _ = await transport.append([record(0)])
    let waiting = Task { await transport.append([record(1), record(2)]) }
    await clock.waitForSleepers(1)
    clock.advance(by: .seconds(5))
    #expect(errors(await waiting.value) == [.unavailable, .unavailable])
    #expect(positions(await transport.append([record(3)])).map(\.offset) == [1])
    await subscription.close()
  }

  @Test("closing ends an append that waits for room")
  func closes() async throws {
    let transport = transport(capacity: 1)
    let subscription = try await transport.subscribe(group: "g", to: .all)
    _ = await transport.append([record(0)])
    let waiting = Task { await transport.append([record(1)]) }
    await clock.waitForSleepers(1)
    await transport.close()
    #expect(errors(await waiting.value) == [.closed])
    guard case .closed = try await subscription.nextBatch(limit: 1) else {
      Issue.record("the subscription went on")
      return
    }
  }

  @Test("a log without groups keeps the newest records, and old cursors are refused")
  func forgets() async throws {
    let transport = transport(capacity: 8)
    for index in 0..<20 { _ = await transport.append([record(index)]) }
    let tail = try await transport.tail(from: .beginning, topics: .all)
    let batch = try await tail.nextBatch(limit: 100)
    #expect(batch.records.map(\.delivered.position.offset) == Array(12..<20))
    await #expect(throws: TransportError.self) {
      _ = try await transport.tail(from: TailCursor(rawValue: "3"), topics: .all)
    }
  }

  @Test("partitions that are not given up in time are taken away, and their records go to the other member")
  func takesAway() async throws {
    let transport = transport(revocationTimeout: .seconds(60))
    _ = await transport.append((0..<8).map { record($0, key: "k\($0)") })
    let slow = try await transport.subscribe(group: "g", to: .all)
    guard case .assigned(let all) = try await slow.nextBatch(limit: 10) else {
      Issue.record("no partitions")
      return
    }
    #expect(all.count == 2)
    let other = try await GroupMember.join(transport, group: "g")
    guard case .revoked(let recalled, .orderly) = try await slow.nextBatch(limit: 10) else {
      Issue.record("nothing was asked back")
      return
    }
    #expect(recalled.count == 1)
    await clock.waitForSleepers(1)
    clock.advance(by: .seconds(60))
    let granted = try await other.assignments.wait(for: "its share") { $0.contains { !$0.isEmpty } }
    #expect(granted.last == recalled)
    var lost: Set<TopicPartition> = []
    while lost.isEmpty {
      if case .revoked(let partitions, .lost) = try await slow.nextBatch(limit: 10) { lost = partitions }
    }
    #expect(lost == recalled)
    await other.leave()
    await slow.close()
  }
}
