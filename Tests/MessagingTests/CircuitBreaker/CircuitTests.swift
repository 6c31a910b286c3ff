import Testing

@testable import Messaging

@Suite("The circuit's state machine")
struct CircuitTests {
  private func opened(_ configuration: CircuitBreakerConfiguration, at now: Duration = .zero) -> Circuit {
    var circuit = Circuit(configuration)
    for _ in 0..<configuration.failureThreshold { _ = circuit.fail(permit(&circuit, at: now), at: now) }
    return circuit
  }

  private func permit(_ circuit: inout Circuit, at now: Duration) -> Circuit.Permit {
    guard case .allowed(let permit) = circuit.admit(at: now) else {
      Issue.record("rejected at \(now)")
      return Circuit.Permit(period: -1)
    }
    return permit
  }

  @Test("as many consecutive failures as the threshold says open it")
  func opens() {
    var circuit = Circuit(.init(failureThreshold: 3))
    #expect(circuit.fail(permit(&circuit, at: .zero), at: .zero) == nil)
    #expect(circuit.fail(permit(&circuit, at: .zero), at: .zero) == nil)
    let change = circuit.fail(permit(&circuit, at: .seconds(1)), at: .seconds(1))
    #expect(change == .init(previous: .closed, current: .open, failureCount: 3))
    #expect(circuit.admit(at: .seconds(2)) == .rejected(retryAfter: .seconds(59)))
  }

  @Test("a success while closed sets the count back")
  func successResets() {
    var circuit = Circuit(.init(failureThreshold: 2))
    for _ in 0..<10 {
      #expect(circuit.fail(permit(&circuit, at: .zero), at: .zero) == nil)
      #expect(circuit.failureCount == 1)
      #expect(circuit.succeed(permit(&circuit, at: .zero), at: .zero) == nil)
      #expect(circuit.failureCount == 0)
    }
    #expect(circuit.state == .closed)
  }

  @Test("a half-open circuit lets exactly the probes through", arguments: [1, 3])
  func probes(count: Int) {
    var circuit = opened(.init(failureThreshold: 1, resetTimeout: .seconds(10), probes: count))
    let allowed = (0..<100).filter { _ in if case .allowed = circuit.admit(at: .seconds(10)) { true } else { false } }
    #expect(allowed.count == count)
    #expect(circuit.state == .halfOpen)
  }

  @Test("it closes when every probe has succeeded")
  func closes() {
    var circuit = opened(.init(failureThreshold: 4, resetTimeout: .seconds(10), probes: 2))
    let first = permit(&circuit, at: .seconds(10))
    let second = permit(&circuit, at: .seconds(10))
    #expect(circuit.succeed(first, at: .seconds(10)) == nil)
    let change = circuit.succeed(second, at: .seconds(10))
    #expect(change == .init(previous: .halfOpen, current: .closed, failureCount: 0))
  }

  @Test("a failed probe opens it for another full time")
  func reopens() {
    var circuit = opened(.init(failureThreshold: 2, resetTimeout: .seconds(10)))
    let change = circuit.fail(permit(&circuit, at: .seconds(15)), at: .seconds(17))
    #expect(change == .init(previous: .halfOpen, current: .open, failureCount: 3))
    #expect(circuit.admit(at: .seconds(20)) == .rejected(retryAfter: .seconds(7)))
  }

  @Test("an abandoned probe is given to another caller")
  func abandons() {
    var circuit = opened(.init(failureThreshold: 1, resetTimeout: .seconds(10)))
    let probe = permit(&circuit, at: .seconds(10))
    #expect(circuit.admit(at: .seconds(11)) == .rejected(retryAfter: .seconds(9)))
    circuit.abandon(probe)
    #expect(circuit.state == .halfOpen)
    let change = circuit.succeed(permit(&circuit, at: .seconds(11)), at: .seconds(12))
    #expect(change?.current == .closed)
  }

  @Test("a probe that never comes back does not keep it half-open for ever")
  func lostProbe() {
    var circuit = opened(.init(failureThreshold: 1, resetTimeout: .seconds(10)))
    _ = permit(&circuit, at: .seconds(10))
    #expect(circuit.succeed(permit(&circuit, at: .seconds(20)), at: .seconds(21))?.current == .closed)
  }

  @Test("an outcome of an earlier period changes nothing")
  func staleOutcome() {
    var circuit = Circuit(.init(failureThreshold: 1, resetTimeout: .seconds(10)))
    let slow = permit(&circuit, at: .zero)
    let slower = permit(&circuit, at: .zero)
    #expect(circuit.fail(permit(&circuit, at: .zero), at: .zero)?.current == .open)
    #expect(circuit.succeed(slow, at: .seconds(1)) == nil)
    #expect(circuit.state == .open)
    _ = permit(&circuit, at: .seconds(10))
    #expect(circuit.fail(slower, at: .seconds(11)) == nil)
    #expect(circuit.state == .halfOpen)
  }

  @Test("new rules keep the state and count from when it opened")
  func reconfigures() {
    var circuit = opened(.init(failureThreshold: 3, resetTimeout: .seconds(60)))
    circuit.reconfigure(.init(failureThreshold: 1, resetTimeout: .seconds(5)))
    #expect(circuit.state == .open)
    #expect(circuit.failureCount == 3)
    #expect(circuit.admit(at: .seconds(4)) == .rejected(retryAfter: .seconds(1)))
    #expect(circuit.succeed(permit(&circuit, at: .seconds(5)), at: .seconds(5))?.current == .closed)
  }

  @Test("numbers that make no sense are raised to the smallest that does")
  func clamps() {
    let configuration = CircuitBreakerConfiguration(failureThreshold: 0, resetTimeout: .seconds(-1), probes: -3)
    #expect(configuration == .init(failureThreshold: 1, resetTimeout: .zero, probes: 1))
  }
}
