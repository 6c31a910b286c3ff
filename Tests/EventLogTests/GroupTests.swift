import Messaging
import Storage
import Testing

@testable import EventLog

@Suite("Groups across processes")
struct GroupTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func assigned(_ subscription: any TransportSubscription) async throws -> Set<TopicPartition> {
    while true {
      switch try await subscription.nextBatch(limit: 100) {
      case .assigned(let partitions): if !partitions.isEmpty { return partitions }
      case .closed: throw Unexpected()
      case .records, .revoked: continue
      }
    }
  }

  @Test("a process that gives no sign of life is fenced off, and its late positions are refused")
  func zombie() async throws {
    let frozen = TestClock()
    let time = TestClock()
    let zombie = try await Log.open(folder) { $0.clock = frozen.clock }
    try await Log.append(Log.records(0..<64), to: zombie)
    let old = try await zombie.subscribe(group: "g", to: .all)
    let read = try await Log.read(64, from: old)
    await zombie.freeze()

    let other = try await Log.open(folder) { $0.clock = time.clock }
    let new = try await other.subscribe(group: "g", to: .all)
    time.advance(by: .seconds(3600))
    await other.coordinator.check()
    let again = try await Log.read(64, from: new)
    #expect(Set(again.map(\.position)) == Set(read.map(\.position)))

    old.acknowledge(read.map(\.position))
    await old.flush()
    #expect(try await Log.lag(other, "g") == 64)
    new.acknowledge(again.map(\.position))
    await new.flush()
    #expect(try await Log.lag(other, "g") == 0)

    await zombie.thaw()
    var lost: Set<TopicPartition> = []
    while lost.count < 16 {
      switch try await old.nextBatch(limit: 10) {
      case .revoked(let partitions, .lost): lost.formUnion(partitions)
      case .closed: throw Unexpected()
      case .revoked(_, .orderly), .assigned, .records: continue
      }
    }
    await zombie.close()
    await other.close()
  }

  @Test("a process that was killed is noticed without waiting for its time to run out")
  func killed() async throws {
    let log = try await Log.open(folder)
    try await Log.append(Log.records(0..<32), to: log)
    await log.freeze()
    // What a killed process leaves: an instance whose lock nobody holds, and its leases.
    let left = try await log.log.database.write { tx in
      let tables = log.log.groups(in: tx)
      let instance = try tables.addInstance()
      let member = try tables.addMember(group: "g", topics: .all, instance: instance)
      _ = try tables.decide(group: "g", held: [member: [:]], topicNames: log.log.topics.names) { _, _ in false }
      return member
    }
    let owned = try await log.log.database.read { tx in
      try tx.first("SELECT count(*) FROM group_partitions WHERE owner = ?", left) { try $0.int(0) }
    }
    #expect(owned == 16)
    let subscription = try await log.subscribe(group: "g", to: .all)
    await log.thaw()
    #expect(try await Log.read(32, from: subscription).count == 32)
    await log.close()
  }

  @Test("partitions that a member does not give up in time are taken away")
  func overdue() async throws {
    let time = TestClock()
    let log = try await Log.open(folder) { $0.clock = time.clock }
    try await Log.append(Log.records(0..<64), to: log)
    let slow = try await log.subscribe(group: "g", to: .all)
    #expect(try await assigned(slow).count == 16)
    let waiting = try await log.subscribe(group: "g", to: .all)
    guard case .revoked(let recalled, .orderly) = try await slow.nextBatch(limit: 1) else { throw Unexpected() }
    #expect(recalled.count == 8)
    await log.coordinator.check()
    time.advance(by: .seconds(61))
    await log.coordinator.check()
    #expect(try await assigned(waiting) == recalled)
    guard case .revoked(let lost, .lost) = try await slow.nextBatch(limit: 1) else { throw Unexpected() }
    #expect(lost == recalled)
    await slow.completeRevocation(recalled)
    #expect(Set(Log.values(try await Log.read(1, from: waiting))).isEmpty == false)
    await log.close()
  }

  @Test("a revocation leaves the acknowledged front behind for the next member")
  func revocation() async throws {
    let log = try await Log.open(folder)
    try await Log.append(Log.records(0..<10, key: "one"), to: log)
    let first = try await log.subscribe(group: "g", to: .all)
    let read = try await Log.read(10, from: first)
    first.acknowledge([0, 1, 2, 5].map { read[$0].position })
    let partition = read[0].position.topicPartition
    // Members join until the key's partition is asked back.
    var others: [any TransportSubscription] = []
    var isRecalled = false
    while !isRecalled, others.count < 16 {
      others.append(try await log.subscribe(group: "g", to: .all))
      guard case .revoked(let names, .orderly) = try await first.nextBatch(limit: 1) else { throw Unexpected() }
      isRecalled = names.contains(partition)
      await first.completeRevocation(names)
    }
    if !isRecalled { await first.close() }
    let rest = try await withThrowingTaskGroup(of: [DeliveredRecord].self) { group in
      for other in others { group.addTask { try await Log.read(7, from: other) } }
      let rest = try await group.next() ?? []
      group.cancelAll()
      return rest
    }
    #expect(Log.values(rest) == (3..<10).map(String.init))
    await log.close()
  }

  @Test("a topic that comes later reaches the groups that want every topic")
  func newTopic() async throws {
    let one = try await Log.open(folder)
    let two = try await Log.open(folder)
    let subscription = try await two.subscribe(group: "g", to: .all)
    try await Log.append(Log.records(0..<1, topic: "late"), to: one)
    #expect(Log.values(try await Log.read(1, from: subscription)) == ["0"])
    await one.close()
    await two.close()
  }

  @Test("every partition of a topic has one owner, and shares differ by one at most", arguments: [1, 2, 3, 5, 16, 20])
  func assignment(members: Int) {
    let assignment = RangeAssignment(
      members: (0..<members).map { .init(id: Int64($0), topics: $0 % 4 == 3 ? .named(["other"]) : .all) },
      partitions: 16)
    let owners = assignment.owners(of: "memory")
    #expect(owners.count == 16)
    #expect(owners.allSatisfy { $0 % 4 != 3 })
    let shares = Dictionary(grouping: owners, by: { $0 }).mapValues(\.count)
    #expect((shares.values.max() ?? 0) - (shares.values.min() ?? 0) <= 1)
    #expect(assignment.owners(of: "other").count == 16)
    #expect(RangeAssignment(members: [], partitions: 16).owners(of: "memory").isEmpty)
  }
}
