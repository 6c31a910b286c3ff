import Synchronization

/// Guards calls to something that may be away: after some failures in a row, calls are rejected at once for a while.
///
/// One breaker stands for one guarded thing in one process; any task may call it, side by side. What it reports comes
/// one report at a time and in the order in which it came to be, on the task whose call brought it about.
public final class CircuitBreaker: Sendable {
  private struct Guarded {
    var circuit: Circuit
    var rejections = RejectionCount()
    /// Reported by whoever finds that nobody else is at it; at most a few for each call under way.
    var reports: [CircuitBreakerReport] = []
    var isReporting = false
  }

  /// What is guarded, such as `capability:cap_…`.
  public let name: String
  private let clock: any EventClock
  private let report: @Sendable (CircuitBreakerReport) -> Void
  private let guarded: Mutex<Guarded>

  /// - Parameter report: Takes what is to be made known. Must not block; it may use the breaker.
  init(
    name: String, configuration: CircuitBreakerConfiguration = .init(), clock: any EventClock,
    report: @escaping @Sendable (CircuitBreakerReport) -> Void
  ) {
    self.name = name
    self.clock = clock
    self.report = report
    guarded = Mutex(Guarded(circuit: Circuit(configuration)))
  }

  /// An open circuit stays open until a call comes after its time.
  public var state: Circuit.State { guarded.withLock { $0.circuit.state } }

  /// Consecutive failures.
  public var failureCount: Int { guarded.withLock { $0.circuit.failureCount } }

  public var configuration: CircuitBreakerConfiguration { guarded.withLock { $0.circuit.configuration } }

  /// Makes the call unless the circuit is open.
  ///
  /// A call that is cancelled counts neither as success nor as failure, and one that fails in a way that does not
  /// count neither.
  ///
  /// - Parameter countsAsFailure: Whether an error of the call speaks against what is guarded; not the caller's own
  ///   bad input, for example.
  /// - Throws: `CircuitOpenError` when the call was not made, else what the call threw.
  public nonisolated(nonsending) func execute<Value>(
    countsAsFailure: @Sendable (any Error) -> Bool = { _ in true }, _ body: () async throws -> Value
  ) async throws -> Value {
    let permit = try admit()
    do {
      let value = try await body()
      settle { $0.succeed(permit, at: $1) }
      return value
    } catch {
      if error is CancellationError || Task.isCancelled || !countsAsFailure(error) {
        settle { circuit, _ in
          circuit.abandon(permit)
          return nil
        }
      } else {
        fail(permit, error)
      }
      throw error
    }
  }

  /// Goes on under other rules; state and count stay.
  func reconfigure(_ configuration: CircuitBreakerConfiguration) {
    guarded.withLock { $0.circuit.reconfigure(configuration) }
  }

  private func admit() throws -> Circuit.Permit {
    let now = clock.uptime()
    let admission = guarded.withLock { guarded in
      let previous = guarded.circuit.state
      let admission = guarded.circuit.admit(at: now)
      switch admission {
      case .allowed:
        guard guarded.circuit.state != previous else { break }
        let change = Circuit.Transition(
          previous: previous, current: guarded.circuit.state, failureCount: guarded.circuit.failureCount)
        guarded.reports.append(.stateChanged(change))
      case .rejected:
        if let count = guarded.rejections.add(at: now) {
          guarded.reports.append(.callsRejected(state: guarded.circuit.state, count: count))
        }
      }
      return admission
    }
    sendReports()
    switch admission {
    case .allowed(let permit): return permit
    case .rejected(let retryAfter): throw CircuitOpenError(name: name, retryAfter: retryAfter)
    }
  }

  private func settle(_ outcome: (inout Circuit, Duration) -> Circuit.Transition?) {
    let now = clock.uptime()
    guarded.withLock { guarded in
      guard let change = outcome(&guarded.circuit, now) else { return }
      if change.current == .closed, let count = guarded.rejections.takeRest() {
        guarded.reports.append(.callsRejected(state: change.previous, count: count))
      }
      guarded.reports.append(.stateChanged(change))
    }
    sendReports()
  }

  private func fail(_ permit: Circuit.Permit, _ error: any Error) {
    let now = clock.uptime()
    let text = String(describing: error)
    guarded.withLock { guarded in
      let before = guarded.circuit.failureCount
      let change = guarded.circuit.fail(permit, at: now)
      // A call of an earlier period does not count.
      guard guarded.circuit.failureCount > before else { return }
      guarded.reports.append(.callFailed(failureCount: guarded.circuit.failureCount, error: text))
      if let change { guarded.reports.append(.stateChanged(change)) }
    }
    sendReports()
  }

  private func sendReports() {
    while true {
      let reports = guarded.withLock { guarded -> [CircuitBreakerReport] in
        guard !guarded.isReporting, !guarded.reports.isEmpty else { return [] }
        guarded.isReporting = true
        defer { guarded.reports = [] }
        return guarded.reports
      }
      guard !reports.isEmpty else { return }
      for one in reports { report(one) }
      guarded.withLock { $0.isReporting = false }
    }
  }
}
