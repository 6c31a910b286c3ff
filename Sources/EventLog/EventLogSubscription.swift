import Messaging
import Storage
import Synchronization

/// A member of a consumer group on the embedded log.
///
/// Its leases are given and recalled by the coordinator; its records are read when they are asked for, from the lowest
/// position of its partitions on. Acknowledgements are gathered and stored by the transport's `PositionStore`.
final class EventLogSubscription: TransportSubscription {
  /// Read at a time even when fewer are asked for, so that a small limit does not cost a read each.
  private static let readAhead = 256
  /// Read at a time even when more are asked for.
  private static let readLimit = 2000

  let member: GroupTables.Member
  let signal = WakeSignal()
  private let log: LogFile
  private let coordinator: GroupCoordinator
  private let positions: PositionStore
  private let state: Mutex<SubscriptionState>

  init(member: GroupTables.Member, log: LogFile, coordinator: GroupCoordinator) {
    self.member = member
    self.log = log
    self.coordinator = coordinator
    positions = PositionStore(log: log)
    state = Mutex(SubscriptionState())
  }

  var id: Int64 { member.id }
  var group: String { member.group }

  func nextBatch(limit: Int) async throws(TransportError) -> SubscriptionBatch {
    var isAtEnd = false
    var generation = signal.generation
    while !Task.isCancelled {
      switch state.withLock({ $0.nextStep(limit: limit, isAtEnd: isAtEnd) }) {
      case .give(let batch):
        return batch
      case .wait:
        await signal.wait(after: generation)
        generation = signal.generation
        isAtEnd = false
      case .scan(let plan, let epochs):
        generation = signal.generation
        let result = try await scan(plan, limit: min(max(limit, Self.readAhead), Self.readLimit))
        if state.withLock({ $0.integrate(result, plan: plan, epochs: epochs) }) { positions.schedule(self) }
        isAtEnd = result.isAtEnd
      }
    }
    return .closed
  }

  private func scan(_ plan: ScanPlan, limit: Int) async throws(TransportError) -> LogScan.Result {
    let recent = log.recent.scan(from: plan.from, limit: limit) { slot, offset, _ in plan.wants(slot, offset) }
    if let recent { return recent }
    do {
      return try await log.database.read { [log] tx in
        try LogScan.run(
          in: tx, from: plan.from, limit: limit, partitions: log.partitions, wanted: plan.wants,
          topicName: log.topics.name(of:))
      }
    } catch {
      throw TransportError(error)
    }
  }

  func acknowledge(_ acknowledged: [RecordPosition]) {
    if state.withLock({ $0.acknowledge(acknowledged) }) { positions.schedule(self) }
  }

  func pause(_ partitions: Set<TopicPartition>) {
    state.withLock { $0.pause(partitions) }
  }

  func resume(_ partitions: Set<TopicPartition>) {
    state.withLock { $0.resume(partitions) }
    signal.signal()
  }

  func completeRevocation(_ partitions: Set<TopicPartition>) async {
    await coordinator.complete(partitions, of: self)
  }

  func flush() async {
    await positions.store(of: self)
  }

  func close() async {
    let isFirst = state.withLock { state in !state.isClosed }
    guard isFirst else { return }
    await positions.store(of: self, everything: true)
    let closes = state.withLock { state in
      defer { state.close() }
      return !state.isClosed
    }
    signal.signal()
    if closes { await coordinator.leave(self) }
  }

  // MARK: For the coordinator and the position store

  var epochs: [Int: Int64] { state.withLock { $0.epochs } }

  func apply(_ changes: LeaseChanges) {
    state.withLock { $0.apply(changes, name: log.name(ofSlot:)) }
    signal.signal()
  }

  /// Says that it has joined even when there is nothing for it yet.
  func announceEmptyShare() {
    state.withLock { $0.announceEmptyShare() }
    signal.signal()
  }

  func recalledLeases(_ names: Set<TopicPartition>) -> [PositionUpdate] {
    state.withLock { $0.recalledLeases(names) }
  }

  func release(_ released: [PositionUpdate]) {
    state.withLock { $0.release(released) }
  }

  func takePositions(everything: Bool) -> [PositionUpdate] {
    state.withLock { $0.takePositions(everything: everything) }
  }

  func restore(_ updates: [PositionUpdate]) {
    state.withLock { $0.restore(updates) }
  }

  func lose(_ slots: Set<Int>) {
    guard !slots.isEmpty else { return }
    state.withLock { $0.lose(slots) }
    signal.signal()
  }
}
