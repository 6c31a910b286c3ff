import Messaging
import Testing

@testable import EventLog

@Suite("What a subscription owes")
struct SubscriptionStateTests {
  private static let name = TopicPartition(topic: "memory", partition: 1)
  private static let other = TopicPartition(topic: "memory", partition: 2)
  private var state = SubscriptionState()

  init() {
    var changes = LeaseChanges()
    changes.granted = [
      PartitionLease(slot: 17, epoch: 3, nextOffset: 0), PartitionLease(slot: 18, epoch: 1, nextOffset: 0),
    ]
    state.apply(changes) { TopicPartition(topic: "memory", partition: Int32($0 - 16)) }
    _ = state.nextStep(limit: 1, isAtEnd: false)
  }

  private func found(_ slot: Int, _ offset: Int64) -> (slot: Int, record: DeliveredRecord) {
    let position = RecordPosition(topic: "memory", partition: Int32(slot - 16), offset: offset)
    return (
      slot,
      DeliveredRecord(
        record: EventRecord(topic: "memory", key: nil, value: []), position: position, appendedAtMicroseconds: 0)
    )
  }

  /// Plays a scan that finds these records and ends before `end`; `meanwhile` happens while it runs.
  @discardableResult
  private mutating func scan(
    _ records: [(slot: Int, record: DeliveredRecord)], end: Int64,
    meanwhile: (inout SubscriptionState) -> Void = { _ in }
  ) throws -> Bool {
    guard case .scan(let plan, let epochs) = state.nextStep(limit: 1, isAtEnd: false) else { throw Unexpected() }
    meanwhile(&state)
    return state.integrate(
      LogScan.Result(records: records, scannedTo: end, isAtEnd: true), plan: plan, epochs: epochs)
  }

  private mutating func given(_ limit: Int = 100) -> [Int64] {
    guard case .give(.records(let records)) = state.nextStep(limit: limit, isAtEnd: true) else { return [] }
    return records.map(\.position.offset)
  }

  @Test("a position is stored over the contiguous front only")
  mutating func front() throws {
    try scan([found(17, 1), found(17, 2), found(17, 3)], end: 4)
    #expect(given() == [1, 2, 3])
    _ = state.acknowledge([RecordPosition(topic: "memory", partition: 1, offset: 2)])
    #expect(state.takePositions().isEmpty)
    _ = state.acknowledge([RecordPosition(topic: "memory", partition: 1, offset: 1)])
    #expect(state.takePositions().map(\.nextOffset) == [3])
    #expect(state.takePositions().isEmpty)
  }

  @Test("a position that could not be stored is stored the next time")
  mutating func restoring() throws {
    try scan([found(17, 1)], end: 2)
    _ = given()
    _ = state.acknowledge([RecordPosition(topic: "memory", partition: 1, offset: 1)])
    let taken = state.takePositions()
    state.restore(taken)
    #expect(state.takePositions().map(\.nextOffset) == taken.map(\.nextOffset))
  }

  @Test("records read ahead of a pause come after it, and are not taken for done")
  mutating func pausing() throws {
    try scan([found(17, 1), found(18, 2), found(17, 3)], end: 4)
    #expect(given(1) == [1])
    state.pause([Self.name])
    #expect(given() == [2])
    #expect(state.takePositions(everything: true).map(\.slot) == [])
    state.resume([Self.name])
    guard case .scan(let plan, _) = state.nextStep(limit: 1, isAtEnd: false) else { throw Unexpected() }
    #expect(plan.from == 3)
    #expect(plan.starts[17] == 3)
    #expect(plan.starts[18] == 4)
  }

  @Test("what a scan found for a partition paused meanwhile is read again")
  mutating func pausedDuringScan() throws {
    try scan([found(17, 1), found(18, 2)], end: 3) { $0.pause([Self.name]) }
    #expect(given() == [2])
    state.resume([Self.name])
    guard case .scan(let plan, _) = state.nextStep(limit: 1, isAtEnd: false) else { throw Unexpected() }
    #expect(plan.starts[17] == 0)
  }

  @Test("records read ahead of a recall are left to the next owner")
  mutating func recall() throws {
    try scan([found(17, 1), found(17, 2)], end: 3)
    #expect(given(1) == [1])
    var changes = LeaseChanges()
    changes.recalled = [17]
    state.apply(changes) { _ in nil }
    _ = state.acknowledge([RecordPosition(topic: "memory", partition: 1, offset: 1)])
    #expect(state.recalledLeases([Self.name]).map(\.nextOffset) == [2])
    #expect(state.recalledLeases([Self.other]).isEmpty)
  }

  @Test("what a scan found for a lease that changed hands meanwhile is dropped")
  mutating func reassigned() throws {
    try scan([found(17, 1)], end: 2) { state in
      var changes = LeaseChanges()
      changes.lost = [17]
      changes.granted = [PartitionLease(slot: 17, epoch: 9, nextOffset: 0)]
      state.apply(changes) { _ in Self.name }
    }
    _ = state.nextStep(limit: 1, isAtEnd: true)
    _ = state.nextStep(limit: 1, isAtEnd: true)
    #expect(given() == [])
    guard case .scan(let plan, let epochs) = state.nextStep(limit: 1, isAtEnd: false) else { throw Unexpected() }
    #expect(plan.starts[17] == 0)
    #expect(epochs[17] == 9)
  }

  @Test("a partition without records follows the log from afar, one that owes records does not")
  mutating func idle() throws {
    #expect(try scan([found(17, 1)], end: 100_000))
    #expect(given() == [1])
    #expect(state.takePositions().map(\.slot) == [18])
    #expect(try scan([], end: 100_010) == false)
  }

  @Test("a closed subscription gives nothing more")
  mutating func closed() throws {
    try scan([found(17, 1)], end: 2)
    state.close()
    guard case .give(.closed) = state.nextStep(limit: 1, isAtEnd: false) else { throw Unexpected() }
  }
}
