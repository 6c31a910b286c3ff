import Events
import Storage
import Synchronization
import Telemetry

/// Sends what a service has committed: reads its outbox in order, appends to the transport, deletes what has arrived.
///
/// Woken by commits of its own process, and looks by itself every second. No transaction is open while it sends. An
/// event may be sent again after a crash, under the same id and with the same bytes. Several relays, of several
/// processes, share an outbox by leases: one of them at a time sends the events of a key. While the transport is away
/// rows wait; what the transport refuses for good is put aside with the reason.
///
/// It runs once. Any task may call anything here.
public final class OutboxRelay: Sendable {
  /// How a relay does its work.
  public struct Configuration: Sendable {
    /// The most events appended at once.
    public var batchLimit: Int
    /// How often it looks without being woken.
    public var pollInterval: Duration

    public init(batchLimit: Int = 1_000, pollInterval: Duration = .seconds(1)) {
      self.batchLimit = batchLimit
      self.pollInterval = pollInterval
    }
  }

  private struct State: Sendable {
    /// Sent, and not deleted yet.
    var sent: Set<Int64> = []
    /// The same with their partitions, to be deleted next.
    var toDelete: [(sequence: Int64, partition: Int, fence: Int)] = []
    var deletion: Task<Void, Never>?
    var drainDeadline: Duration?
    var hasEnded = false
    var endWaiters: [CheckedContinuation<Void, Never>] = []
  }

  private static let backoff = Backoff(first: .milliseconds(50), limit: .seconds(5))

  private let environment: ServiceEnvironment
  private let configuration: Configuration
  private let state = Mutex(State())
  private let published: Counter
  private let pendingGauge: Gauge
  private let rejectedGauge: Gauge

  public init(environment: ServiceEnvironment, configuration: Configuration = Configuration()) {
    self.environment = environment
    self.configuration = configuration
    let labels = ["service": environment.name]
    published = environment.metrics.counter(
      "roost_events_published_total", labels: labels, help: "Events that the transport has taken")
    pendingGauge = environment.metrics.gauge(
      "roost_outbox_pending", labels: labels, help: "Events that wait to be sent")
    rejectedGauge = environment.metrics.gauge(
      "roost_outbox_rejected", labels: labels, help: "Events that the transport refused for good")
  }

  /// How many events wait to be sent.
  public func pending() async throws -> Int {
    let count = try await environment.database.read { tx in
      try tx.first("SELECT count(*) FROM outbox") { try $0.int(0) } ?? 0
    }
    let pending = max(0, count - state.withLock { $0.sent.count })
    pendingGauge.set(pending)
    return pending
  }

  /// How many events the transport refused for good.
  public func rejected() async throws -> Int {
    let count = try await environment.database.read { tx in
      try tx.first("SELECT count(*) FROM outbox_rejected") { try $0.int(0) } ?? 0
    }
    rejectedGauge.set(count)
    return count
  }

  /// Sends until `drain` is done or the task is cancelled; a batch that is under way is finished.
  public func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.environment.hostEvents.run() }
      group.addTask { await InboxPruner(environment: self.environment).run() }
      await send()
      group.cancelAll()
    }
    let waiters = state.withLock { state in
      state.hasEnded = true
      defer { state.endWaiters = [] }
      return state.endWaiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Sends what is there, gives the leases back and ends `run`. What is not sent within the grace stays in the outbox.
  public func drain(grace: Duration) async {
    state.withLock { $0.drainDeadline = environment.clock.uptime() + grace }
    environment.outboxSignal.send()
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.endWaiters.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  private func send() async {
    var keeper = LeaseKeeper(clock: environment.clock)
    var holding = LeaseKeeper.Holding()
    var nextRenewal = Duration.zero
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled {
      let now = environment.clock.uptime()
      let drainDeadline = state.withLock { $0.drainDeadline }
      if let drainDeadline, now >= drainDeadline { break }
      do {
        if now >= nextRenewal || now >= holding.validUntil {
          try await finishDeleting()
          holding = try await keeper.renew(environment.database)
          nextRenewal = now + LeaseKeeper.renewalInterval
        }
        if drainDeadline != nil { try await environment.hostEvents.flush() }
        let sent = try await sendBatch(holding)
        failures = 0
        if sent > 0 { continue }
        if drainDeadline != nil { break }
        let wakeUp = min(now + configuration.pollInterval, nextRenewal)
        await environment.outboxSignal.wait(until: wakeUp, clock: environment.clock)
      } catch is CancellationError {
        break
      } catch {
        failures += 1
        environment.logger.warning("events wait in the outbox", metadata: ["error": "\(error)"])
        let delay = Self.backoff.delay(attempt: failures, using: &generator)
        guard (try? await environment.clock.sleep(for: delay)) != nil else { break }
      }
    }
    try? await finishDeleting()
    try? await keeper.release(environment.database)
  }

  /// Sends the next rows.
  /// - Returns: How many were dealt with.
  private func sendBatch(_ holding: LeaseKeeper.Holding) async throws -> Int {
    guard !holding.fences.isEmpty else { return 0 }
    let sent = state.withLock { $0.sent }
    let rows = try await environment.database.read { [limit = configuration.batchLimit] tx in
      try OutboxRow.read(limit: limit, held: holding.fences, sent: sent, in: tx)
    }
    // A process that was stopped meanwhile may have lost its leases.
    guard !rows.isEmpty, environment.clock.uptime() < holding.validUntil else { return 0 }
    let outcomes = await environment.transport.append(rows.map(\.record))
    var failure: TransportError?
    var refused: [(OutboxRow, TransportError)] = []
    var arrived = 0
    state.withLock { state in
      for (row, outcome) in zip(rows, outcomes) {
        switch outcome {
        case .failed(let error) where error.isPermanent:
          refused.append((row, error))
        case .failed(let error):
          failure = failure ?? error
        default:
          arrived += 1
          state.sent.insert(row.sequence)
          state.toDelete.append((row.sequence, row.virtualPartition, holding.fences[row.virtualPartition] ?? -1))
        }
      }
    }
    published.increment(by: arrived)
    if arrived > 0 { startDeleting() }
    if !refused.isEmpty { try await putAside(refused) }
    if let failure { throw failure }
    return rows.count
  }

  /// Deletes in the background while the next batch is read and sent; one deletion at a time.
  private func startDeleting() {
    state.withLock { state in
      guard state.deletion == nil else { return }
      state.deletion = Task { await self.deleteInBackground() }
    }
  }

  private func deleteInBackground() async {
    do { try await deleteSent() } catch {
      environment.logger.debug("sent events cannot be deleted at present", metadata: ["error": "\(error)"])
    }
    let waiting = state.withLock { state in
      state.deletion = nil
      return state.toDelete.count
    }
    if waiting >= configuration.batchLimit { startDeleting() }
  }

  /// Returns when everything sent is deleted.
  private func finishDeleting() async throws {
    await state.withLock({ $0.deletion })?.value
    try await deleteSent()
  }

  /// Deletes what was sent, where the partition is still held under the fence that it was read with: another relay
  /// that has taken over sends by its own book.
  private func deleteSent() async throws {
    let rows = state.withLock { state in
      defer { state.toDelete = [] }
      return state.toDelete
    }
    guard !rows.isEmpty else { return }
    do {
      try await environment.database.write { tx in
        let delete = try tx.prepare(
          """
          DELETE FROM outbox WHERE sequence = ? AND EXISTS (
            SELECT 1 FROM leased_partitions WHERE virtual_partition = ? AND fence = ?)
          """)
        for row in rows {
          delete.bind(1, row.sequence)
          delete.bind(2, row.partition)
          delete.bind(3, row.fence)
          try delete.run()
        }
      }
      state.withLock { state in for row in rows { state.sent.remove(row.sequence) } }
    } catch {
      state.withLock { $0.toDelete = rows + $0.toDelete }
      throw error
    }
  }

  /// Moves events that the transport will never take out of the way, with the reason.
  private func putAside(_ refused: [(row: OutboxRow, error: TransportError)]) async throws {
    let now = environment.clock.now().microsecondsSinceEpoch
    try await environment.database.write { tx in
      for (row, error) in refused {
        try tx.execute(
          """
          INSERT INTO outbox_rejected (
            sequence, virtual_partition, topic, key, event_id, event_type, headers, value, error, rejected_at)
          SELECT sequence, virtual_partition, topic, key, event_id, event_type, headers, value, ?, ?
          FROM outbox WHERE sequence = ? ON CONFLICT (sequence) DO NOTHING
          """, error.description, now, row.sequence)
        try tx.execute("DELETE FROM outbox WHERE sequence = ?", row.sequence)
      }
    }
    for (row, error) in refused {
      environment.logger.error(
        "an event was refused for good",
        metadata: ["event_id": "\(row.record.eventID ?? "")", "error": "\(error)"])
    }
    _ = try await rejected()
  }
}
