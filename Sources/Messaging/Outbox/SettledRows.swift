import Events
import Storage
import Synchronization
import Telemetry

/// The rows that a relay has settled and that are still in the outbox.
///
/// They are taken out in the background, many with one write. A row whose partition another relay has taken over since
/// stays: that relay goes by its own book. After a crash they are sent again, under the same id and with the same
/// bytes. Any task may call anything here.
final class SettledRows: Sendable {
  private struct State: Sendable {
    var waiting: [SettledRow] = []
    /// Of `waiting`, and of what is being taken out at this moment.
    var sequences: Set<Int64> = []
    var removal: Task<Void, Never>?
  }

  /// How long settled rows may wait for company.
  static let delay = Duration.milliseconds(50)

  private let database: any Database
  private let clock: any EventClock
  private let logger: Logger
  /// How many rows are enough to begin at once.
  private let batchLimit: Int
  private let state = Mutex(State())
  private let enough = Signal()

  init(database: any Database, clock: any EventClock, logger: Logger, batchLimit: Int) {
    self.database = database
    self.clock = clock
    self.logger = logger
    self.batchLimit = batchLimit
  }

  /// What a reader of the outbox passes over. Taken before the read's snapshot: a row leaves this set only after it
  /// has left the table.
  var sequences: Set<Int64> { state.withLock { $0.sequences } }

  var count: Int { state.withLock { $0.sequences.count } }

  /// The highest sequence that is passed over; `nil` when there is none.
  var highest: Int64? { state.withLock { $0.sequences.max() } }

  /// Takes rows in, to be removed soon.
  func add(_ rows: [SettledRow]) {
    guard !rows.isEmpty else { return }
    let isEnough = state.withLock { state in
      state.waiting += rows
      for row in rows { state.sequences.insert(row.sequence) }
      startRemoval(&state)
      return state.waiting.count >= batchLimit
    }
    if isEnough { enough.send() }
  }

  /// Returns when everything settled so far has been dealt with.
  ///
  /// - Throws: What the database threw; the rows are kept for a later call.
  func removeAll() async throws {
    if let removal = state.withLock({ $0.removal }) {
      enough.send()
      await removal.value
    }
    try await remove()
  }

  private func startRemoval(_ state: inout State) {
    guard state.removal == nil else { return }
    state.removal = Task {
      await enough.wait(until: clock.uptime() + Self.delay, clock: clock)
      var hasFailed = false
      do { try await remove() } catch {
        hasFailed = true
        logger.warning("sent events stay in the outbox at present", metadata: ["error": "\(error)"])
      }
      self.state.withLock { state in
        state.removal = nil
        // After a failure the relay's own round tries again, with its growing waits.
        if !hasFailed, !state.waiting.isEmpty { startRemoval(&state) }
      }
    }
  }

  private func remove() async throws {
    let rows = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    guard !rows.isEmpty else { return }
    let now = clock.now()
    do {
      try await database.write { tx in try OutboxRow.remove(rows, at: now, in: tx) }
      state.withLock { state in for row in rows { state.sequences.remove(row.sequence) } }
    } catch {
      state.withLock { $0.waiting = rows + $0.waiting }
      throw error
    }
  }
}
