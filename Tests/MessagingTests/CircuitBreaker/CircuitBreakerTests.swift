import Events
import HostEvents
import RoostTesting
import Synchronization
import Testing

@testable import Messaging

@Suite("The circuit breaker")
struct CircuitBreakerTests {
  private struct Broken: Error, CustomStringConvertible {
    var description = "no answer"
  }

  private let clock = ManualClock()
  private let reports = Recorder<CircuitBreakerReport>()

  private func breaker(
    threshold: Int = 1, reset: Duration = .seconds(30), probes: Int = 1
  ) -> CircuitBreaker {
    CircuitBreaker(
      name: "capability:cap_1",
      configuration: .init(failureThreshold: threshold, resetTimeout: reset, probes: probes), clock: clock,
      report: { [reports] in reports.append($0) })
  }

  private func fail(_ breaker: CircuitBreaker) async {
    await #expect(throws: Broken.self) { try await breaker.execute { throw Broken() } }
  }

  @Test("what the call gives and throws comes through")
  func passesThrough() async throws {
    let breaker = breaker(threshold: 2)
    #expect(try await breaker.execute { 42 } == 42)
    await fail(breaker)
    #expect(breaker.state == .closed)
    #expect(reports.elements == [.callFailed(failureCount: 1, error: "no answer")])
  }

  @Test("after the threshold the call is not made, and the error says when to come again")
  func opens() async throws {
    let breaker = breaker(threshold: 2)
    await fail(breaker)
    await fail(breaker)
    clock.advance(by: .seconds(10))
    await #expect(throws: CircuitOpenError(name: "capability:cap_1", retryAfter: .seconds(20))) {
      try await breaker.execute { Issue.record("the call was made") }
    }
    #expect(
      reports.elements == [
        .callFailed(failureCount: 1, error: "no answer"), .callFailed(failureCount: 2, error: "no answer"),
        .stateChanged(.init(previous: .closed, current: .open, failureCount: 2)),
        .callsRejected(state: .open, count: 1),
      ])
  }

  @Test("of a hundred callers at once a half-open circuit lets exactly the probes through", arguments: [1, 3])
  func probesUnderConcurrency(probes: Int) async throws {
    let breaker = breaker(probes: probes)
    await fail(breaker)
    clock.advance(by: .seconds(30))
    let calls = Recorder<Int>()
    let rejections = Recorder<Int>()
    let release = Signal()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for caller in 0..<100 {
        tasks.addTask {
          do {
            try await breaker.execute {
              calls.append(caller)
              await release.wait()
            }
          } catch is CircuitOpenError {
            rejections.append(caller)
          }
        }
      }
      // No probe ends before every other caller has been turned away.
      try await rejections.wait(count: 100 - probes)
      try await calls.wait(count: probes)
      #expect(breaker.state == .halfOpen)
      release.send()
      try await tasks.waitForAll()
    }
    #expect(calls.elements.count == probes)
    #expect(rejections.elements.count == 100 - probes)
    #expect(breaker.state == .closed)
  }

  @Test("a failed probe opens it again")
  func reopens() async throws {
    let breaker = breaker()
    await fail(breaker)
    clock.advance(by: .seconds(30))
    await fail(breaker)
    #expect(breaker.state == .open)
    clock.advance(by: .seconds(29))
    await #expect(throws: CircuitOpenError.self) { try await breaker.execute {} }
    clock.advance(by: .seconds(1))
    try await breaker.execute {}
    #expect(breaker.state == .closed)
    let changes = reports.elements.compactMap { report in
      if case .stateChanged(let change) = report { change.current } else { nil }
    }
    #expect(changes == [.open, .halfOpen, .open, .halfOpen, .closed])
  }

  @Test("a jump of the wall clock opens and closes nothing", arguments: [-400_000_000_000_000, 400_000_000_000_000])
  func wallClockJumps(microseconds: Int64) async throws {
    let breaker = breaker()
    await fail(breaker)
    clock.jump(to: Timestamp(microsecondsSinceEpoch: clock.now().microsecondsSinceEpoch + microseconds))
    await #expect(throws: CircuitOpenError(name: "capability:cap_1", retryAfter: .seconds(30))) {
      try await breaker.execute {}
    }
    clock.advance(by: .seconds(30))
    try await breaker.execute {}
    #expect(breaker.state == .closed)
  }

  @Test("an error that does not count leaves the circuit as it is")
  func uncounted() async throws {
    let breaker = breaker()
    for _ in 0..<3 {
      await #expect(throws: Broken.self) {
        try await breaker.execute(countsAsFailure: { !($0 is Broken) }) { throw Broken() }
      }
    }
    #expect(breaker.state == .closed)
    await fail(breaker)
    clock.advance(by: .seconds(30))
    await #expect(throws: Broken.self) {
      try await breaker.execute(countsAsFailure: { _ in false }) { throw Broken() }
    }
    #expect(breaker.state == .halfOpen)
    try await breaker.execute {}
    #expect(breaker.state == .closed)
  }

  @Test("a cancelled call gives its permit back")
  func cancelled() async throws {
    let breaker = breaker()
    await fail(breaker)
    clock.advance(by: .seconds(30))
    let started = Recorder<Void>()
    let call = Task {
      try await breaker.execute {
        started.append(())
        await Signal().wait()
        throw Broken()
      }
    }
    try await started.wait(count: 1)
    await #expect(throws: CircuitOpenError.self) { try await breaker.execute {} }
    call.cancel()
    await #expect(throws: Broken.self) { try await call.value }
    #expect(breaker.state == .halfOpen)
    try await breaker.execute {}
    #expect(breaker.state == .closed)
  }

  @Test("rejected calls are told at once, then every ten seconds, and the rest when it closes")
  func boundsReports() async throws {
    let breaker = breaker(reset: .seconds(25))
    await fail(breaker)
    for second in 0..<25 {
      for _ in 0..<4 { await #expect(throws: CircuitOpenError.self) { try await breaker.execute {} } }
      if second < 24 { clock.advance(by: .seconds(1)) }
    }
    clock.advance(by: .seconds(1))
    try await breaker.execute {}
    let counts = reports.elements.compactMap { report in
      if case .callsRejected(_, let count) = report { count } else { nil }
    }
    #expect(counts == [1, 40, 40, 19])
  }

  @Test("new rules are in force for the next call")
  func reconfigures() async throws {
    let breaker = breaker(threshold: 5)
    await fail(breaker)
    breaker.reconfigure(.init(failureThreshold: 2, resetTimeout: .seconds(1)))
    #expect(breaker.state == .closed)
    await fail(breaker)
    #expect(breaker.state == .open)
    clock.advance(by: .seconds(1))
    try await breaker.execute {}
    #expect(breaker.state == .closed)
  }

  @Test("a report becomes the event that says so")
  func payloads() throws {
    let changed = CircuitBreakerReport.stateChanged(.init(previous: .halfOpen, current: .open, failureCount: 6))
    #expect(
      changed.payload(of: "b") as? CircuitBreakerStateChanged
        == .init(serviceName: "b", previousState: "HALF_OPEN", currentState: "OPEN", failureCount: 6))
    #expect(
      CircuitBreakerReport.callFailed(failureCount: 2, error: "e").payload(of: "b") as? CircuitBreakerCallFailed
        == .init(serviceName: "b", failureCount: 2, error: "e"))
    #expect(
      CircuitBreakerReport.callsRejected(state: .open, count: 9).payload(of: "b") as? CircuitBreakerCallRejected
        == .init(serviceName: "b", state: "OPEN", rejectedCount: 9))
  }
}
