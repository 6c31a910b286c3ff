/// The circuit breaker's state machine: closed, open, half-open. A value without clock, lock or effect.
///
/// The caller brings the time: durations since a start of its choice that never goes back, so that a change of the
/// wall clock opens and closes nothing. Outcomes that come after the circuit has changed its state are ignored: a
/// slow call of an earlier period says nothing of the present one.
public struct Circuit: Sendable {
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// Every call goes through.
    case closed = "CLOSED"
    /// Every call is rejected.
    case open = "OPEN"
    /// A few calls go through to see whether the others may follow.
    case halfOpen = "HALF_OPEN"
  }

  /// The right to one call. It is given back by `succeed`, `fail` or `abandon`.
  public struct Permit: Sendable, Hashable {
    let period: Int
  }

  public enum Admission: Sendable, Hashable {
    case allowed(Permit)
    /// - Parameter retryAfter: When asking again may have another answer.
    case rejected(retryAfter: Duration)
  }

  public struct Transition: Sendable, Hashable {
    public let previous: State
    public let current: State
    /// Consecutive failures counted at the change.
    public let failureCount: Int
  }

  public private(set) var configuration: CircuitBreakerConfiguration
  public private(set) var state = State.closed
  /// Consecutive failures; 0 after a success.
  public private(set) var failureCount = 0
  /// Grows with every change of state.
  private var period = 0
  /// When the circuit opened.
  private var openedAt = Duration.zero
  /// Probes of this period under way or succeeded.
  private var probesGiven = 0
  private var probesSucceeded = 0
  private var lastProbeAt = Duration.zero

  public init(_ configuration: CircuitBreakerConfiguration = .init()) {
    self.configuration = configuration
  }

  /// Asks for one call. An open circuit whose time is over becomes half-open here.
  public mutating func admit(at now: Duration) -> Admission {
    switch state {
    case .closed:
      return .allowed(Permit(period: period))
    case .open:
      let wait = openedAt + configuration.resetTimeout - now
      guard wait <= .zero else { return .rejected(retryAfter: wait) }
      change(to: .halfOpen)
    case .halfOpen:
      guard probesGiven >= configuration.probes else { break }
      // A probe that never came back must not keep the circuit half-open for ever.
      let wait = lastProbeAt + configuration.resetTimeout - now
      guard wait <= .zero, configuration.resetTimeout > .zero else {
        return .rejected(retryAfter: max(wait, .zero))
      }
      probesGiven = probesSucceeded
    }
    probesGiven += 1
    lastProbeAt = now
    return .allowed(Permit(period: period))
  }

  /// The call succeeded.
  public mutating func succeed(_ permit: Permit, at now: Duration) -> Transition? {
    guard permit.period == period else { return nil }
    guard state == .halfOpen else {
      failureCount = 0
      return nil
    }
    probesSucceeded += 1
    guard probesSucceeded >= configuration.probes else { return nil }
    failureCount = 0
    return change(to: .closed)
  }

  /// The call failed in a way that counts.
  public mutating func fail(_ permit: Permit, at now: Duration) -> Transition? {
    guard permit.period == period else { return nil }
    failureCount += 1
    guard state == .halfOpen || failureCount >= configuration.failureThreshold else { return nil }
    openedAt = now
    return change(to: .open)
  }

  /// The call ended without saying anything of what is guarded: it was cancelled, or its caller was at fault.
  public mutating func abandon(_ permit: Permit) {
    guard permit.period == period, state == .halfOpen else { return }
    probesGiven = max(probesSucceeded, probesGiven - 1)
  }

  /// Goes on under other rules. State and count stay; an open circuit waits as long as the new rules say, counted
  /// from when it opened.
  public mutating func reconfigure(_ configuration: CircuitBreakerConfiguration) {
    self.configuration = configuration
  }

  @discardableResult
  private mutating func change(to next: State) -> Transition {
    defer { state = next }
    period += 1
    probesGiven = 0
    probesSucceeded = 0
    return Transition(previous: state, current: next, failureCount: failureCount)
  }
}
