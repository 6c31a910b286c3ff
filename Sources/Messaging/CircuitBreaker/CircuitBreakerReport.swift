import Events
import HostEvents

/// What a circuit breaker tells the rest of the host.
public enum CircuitBreakerReport: Sendable, Hashable {
  case stateChanged(Circuit.Transition)
  /// A call failed in a way that counts.
  /// - Parameter error: One line for people.
  case callFailed(failureCount: Int, error: String)
  /// Calls were rejected since the last such report; told at a bounded rate.
  case callsRejected(state: Circuit.State, count: Int)

  /// The event that says so.
  ///
  /// - Parameter name: The breaker's name.
  public func payload(of name: String) -> any EventPayload {
    switch self {
    case .stateChanged(let change):
      CircuitBreakerStateChanged(
        serviceName: name, previousState: change.previous.rawValue, currentState: change.current.rawValue,
        failureCount: change.failureCount)
    case .callFailed(let failureCount, let error):
      CircuitBreakerCallFailed(serviceName: name, failureCount: failureCount, error: error)
    case .callsRejected(let state, let count):
      CircuitBreakerCallRejected(serviceName: name, state: state.rawValue, rejectedCount: count)
    }
  }
}
