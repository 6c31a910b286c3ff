import Events
import Testing

@testable import Messaging

@Suite("Time", .timeLimit(.minutes(5)))
struct TimeTests {
  @Test("a manual clock wakes a sleeper at its deadline and not before")
  func manualClock() async throws {
    let clock = ManualClock()
    let start = clock.now()
    let sleeper = Task { try await clock.sleep(until: .seconds(10)) }
    await clock.waitForSleepers(1)
    clock.advance(by: .seconds(9))
    await clock.waitForSleepers(1)
    clock.advance(by: .seconds(1))
    try await sleeper.value
    #expect(clock.now() - start == .seconds(10))
  }

  @Test("a jump of the wall clock wakes nobody")
  func jump() async throws {
    let clock = ManualClock()
    let sleeper = Task { try await clock.sleep(for: .seconds(1)) }
    await clock.waitForSleepers(1)
    clock.jump(to: clock.now() + .seconds(1_000))
    #expect(clock.uptime() == .zero)
    await clock.waitForSleepers(1)
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
  }

  @Test("a signal sent while nobody waits ends the next wait, once")
  func rememberedSignal() async {
    let clock = ManualClock()
    let signal = Signal()
    signal.send()
    signal.send()
    await signal.wait()
    let second = Task { await signal.wait(until: .seconds(5), clock: clock) }
    await clock.waitForSleepers(1)
    clock.advance(by: .seconds(5))
    await second.value
  }

  @Test("a wait for a signal ends with its task")
  func cancelledWait() async {
    let waiting = Task { await Signal().wait() }
    waiting.cancel()
    await waiting.value
  }

  @Test("waits grow by the factor up to the limit, each within its jitter")
  func backoff() {
    var generator = SystemRandomNumberGenerator()
    let plain = Backoff(first: .milliseconds(100), limit: .seconds(1), jitter: 0)
    let delays = (1...6).map { plain.delay(attempt: $0, using: &generator) }
    #expect(delays == [100, 200, 400, 800, 1_000, 1_000].map { .milliseconds($0) })
    #expect(plain.delay(attempt: .max, using: &generator) == .seconds(1))
    let spread = Backoff(first: .milliseconds(100), limit: .seconds(1))
    for _ in 0..<100 {
      let delay = spread.delay(attempt: 1, using: &generator)
      #expect(delay >= .milliseconds(80) && delay <= .milliseconds(120))
    }
  }
}
