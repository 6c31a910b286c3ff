import Events
import HostEvents
import RoostTesting
import Storage
import Telemetry
import Testing

@testable import Messaging

@Suite("Events about the service itself", .timeLimit(.minutes(5)))
struct HostEventQueueTests {
  private func failed(_ count: Int) -> CircuitBreakerCallFailed {
    CircuitBreakerCallFailed(serviceName: "model", failureCount: count, error: "away")
  }

  private func counts(_ bench: Bench) async throws -> [Int] {
    try await bench.database.read { tx in
      try tx.query("SELECT value FROM outbox ORDER BY sequence") {
        try Event(parsing: try $0.bytes(0)).decode(CircuitBreakerCallFailed.self).failureCount
      }
    }
  }

  @Test("two that write the queue at the same time write each event once", arguments: TestEngine.available)
  func concurrentFlushes(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let queue = bench.environment.hostEvents
      for number in 0..<20 {
        queue.enqueue(failed(number))
        async let one: Void = queue.flush()
        async let two: Void = queue.flush()
        _ = try await (one, two)
      }
      #expect(try await counts(bench) == Array(0..<20))
    }
  }

  @Test(
    "what cannot be written waits, up to a bound beyond which it is counted and dropped",
    arguments: TestEngine.available)
  func bound(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let dropped = MetricsRegistry().counter("dropped")
      let queue = HostEventQueue(
        database: bench.database, publisher: bench.environment.publisher, clock: bench.clock,
        logger: bench.environment.logger, dropped: dropped)
      bench.database.fail(with: DatabaseError(.diskFull, "full"))
      queue.enqueue(failed(0))
      await #expect(throws: DatabaseError.self) { try await queue.flush() }
      for number in 1..<HostEventQueue.capacity + 5 { queue.enqueue(failed(number)) }
      #expect(dropped.value == 5)
      bench.database.fail(with: nil)
      try await queue.flush()
      #expect(try await counts(bench) == Array(0..<HostEventQueue.capacity))
    }
  }

  @Test("a breaker's change is sent as an event of the service that uses it", arguments: TestEngine.available)
  func breaker(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      struct Away: Error {}
      let life = bench.life()
      let breaker = life.context().breaker("model", configuration: .init(failureThreshold: 1))
      await #expect(throws: Away.self) { try await breaker.execute { throw Away() } }
      try await bench.relaying(life) { _ in
        try await bench.transport.arrived.wait(count: 2)
      }
      #expect(
        bench.transport.arrived.elements.map(\.eventType).sorted { ($0 ?? "") < ($1 ?? "") }
          == ["circuit_breaker.call.failed", "circuit_breaker.state.changed"])
    }
  }
}
