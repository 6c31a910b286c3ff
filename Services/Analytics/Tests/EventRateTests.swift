import Testing

@testable import AnalyticsService

@Suite("Event rates")
struct EventRateTests {
  @Test("the baseline leaves out the window that is measured against it")
  func baselineWithoutWindow() {
    let rate = EventRate(inWindow: 500, beforeWindow: 110, secondsIntoMinute: 60, watchedMinutes: 600)
    #expect(rate.perMinute == 100)
    #expect(rate.baselinePerMinute == 2)
  }

  @Test("a monitor that has just begun has no baseline, and nothing is a spike against none")
  func noBaseline() {
    let rate = EventRate(inWindow: 10_000, beforeWindow: 0, secondsIntoMinute: 30, watchedMinutes: 0.5)
    #expect(rate.baselinePerMinute == nil)
    #expect(!SpikeRule().isSpike(rate))
  }

  @Test("a baseline over part of the hour is divided by the part that was watched")
  func partialBaseline() {
    let rate = EventRate(inWindow: 0, beforeWindow: 100, secondsIntoMinute: 60, watchedMinutes: 15)
    #expect(rate.baselinePerMinute == 10)
  }

  @Test(
    "a spike is more than three times the baseline and more than ten a minute",
    arguments: [
      // in the window, before it, is a spike
      (155, 550, true), (150, 550, false), (50, 55, false), (51, 55, true), (50, 0, false), (55, 0, true),
      (0, 0, false),
    ])
  func spikes(inWindow: Int, beforeWindow: Int, isSpike: Bool) {
    let rate = EventRate(inWindow: inWindow, beforeWindow: beforeWindow, secondsIntoMinute: 60, watchedMinutes: 600)
    #expect(SpikeRule().isSpike(rate) == isSpike)
  }
}
