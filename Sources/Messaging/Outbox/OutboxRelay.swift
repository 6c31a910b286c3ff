import Storage
import Synchronization
import Telemetry

/// Sends what a service has committed: reads its outbox in order, appends to the transport, deletes what has arrived.
///
/// Woken by commits of its own process, and looks by itself every second, more often where several processes share the
/// work. No transaction is open while it sends. An event may be sent again after a crash, under the same id and with the
/// same bytes. Several relays, of several processes, share an outbox by leases: one of them at a time sends the events of
/// a key. While the transport is away rows wait; what the transport refuses for good is put aside with the reason.
///
/// It runs once, and does the service's other background work on its tables as well. Any task may call anything here.
public final class OutboxRelay: Sendable {
  /// How a relay does its work.
  public struct Configuration: Sendable {
    /// The most events appended at once.
    public var batchLimit: Int
    /// How often it looks without being woken.
    public var pollInterval: Duration
    /// The same while other relays of the service hold some of the partitions: their processes write to its partitions,
    /// and its own to theirs.
    public var sharedPollInterval: Duration

    public init(
      batchLimit: Int = 1_000, pollInterval: Duration = .seconds(1), sharedPollInterval: Duration = .milliseconds(50)
    ) {
      self.batchLimit = batchLimit
      self.pollInterval = pollInterval
      self.sharedPollInterval = sharedPollInterval
    }
  }

  /// How far its life has come.
  enum Phase: Sendable, Hashable {
    case created
    case running
    /// Sends what is there, until then at the latest.
    case draining(deadline: Duration)
    /// Finishes the batch under way.
    case stopping
    case ended
  }

  private struct State {
    var phase = Phase.created
    var endWaiters: [CheckedContinuation<Void, Never>] = []
  }

  let environment: ServiceEnvironment
  let configuration: Configuration
  let settled: SettledRows
  let published: Counter
  private let state = Mutex(State())
  private let pendingGauge: Gauge
  private let rejectedGauge: Gauge

  public init(environment: ServiceEnvironment, configuration: Configuration = Configuration()) {
    self.environment = environment
    self.configuration = configuration
    settled = SettledRows(
      database: environment.database, clock: environment.clock, logger: environment.logger,
      batchLimit: configuration.batchLimit)
    let labels = ["service": environment.name]
    published = environment.metrics.counter(
      "roost_events_published_total", labels: labels, help: "Events that the transport has taken")
    pendingGauge = environment.metrics.gauge(
      "roost_outbox_pending", labels: labels, help: "Events that wait to be sent")
    rejectedGauge = environment.metrics.gauge(
      "roost_outbox_rejected", labels: labels, help: "Events that the transport refused for good")
  }

  var phase: Phase { state.withLock { $0.phase } }

  /// How many events wait to be sent: exact up to ten thousand, an upper bound beyond.
  public func pending() async throws -> Int {
    let count = try await environment.database.read(OutboxCount.pending)
    let pending = max(0, count - settled.count)
    pendingGauge.set(pending)
    return pending
  }

  /// How many events the transport refused for good.
  public func rejected() async throws -> Int {
    let count = try await environment.database.read(OutboxCount.rejected)
    rejectedGauge.set(count)
    return count
  }

  /// Sends until `drain` is done or the task is cancelled. A batch that is under way is finished, and the leases are
  /// given back.
  public func run() async {
    let begins = state.withLock { state in
      guard case .created = state.phase else { return false }
      state.phase = .running
      return true
    }
    guard begins else { return }
    // A task of its own: a cancelled one could neither finish its batch nor give its leases back.
    let sending = Task { await send() }
    await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.environment.hostEvents.run() }
        group.addTask { await InboxPruner(environment: self.environment).run() }
        await sending.value
        group.cancelAll()
      }
    } onCancel: {
      move(to: .stopping)
    }
    let waiters = state.withLock { state in
      state.phase = .ended
      defer { state.endWaiters = [] }
      return state.endWaiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Sends what is there, gives the leases back and ends `run`. What is not sent within the grace stays in the outbox.
  /// A relay that has not begun to run will not run any more.
  public func drain(grace: Duration) async {
    move(to: .draining(deadline: environment.clock.uptime() + grace))
    await withCheckedContinuation { continuation in
      let waits = state.withLock { state in
        switch state.phase {
        case .created, .ended: return false
        case .running, .draining, .stopping:
          state.endWaiters.append(continuation)
          return true
        }
      }
      if !waits { continuation.resume() }
    }
  }

  private func move(to phase: Phase) {
    state.withLock { state in
      switch state.phase {
      case .running, .draining: state.phase = phase
      case .created: state.phase = .ended
      case .stopping, .ended: break
      }
    }
    environment.outboxSignal.send()
  }
}
