import RuntimeHost
import Testing

@testable import EvolutionService

@Suite("Failure patterns")
struct FailurePatternTests {
  /// One character a call: `.` succeeded, `t` timed out, `x` could not connect.
  static func calls(_ outcomes: String, duration: Duration = .milliseconds(100), every: Duration = .seconds(1))
    -> [RecordedCall]
  {
    outcomes.enumerated().map { index, outcome in
      RecordedCall(
        executionID: "exec_\(index)", at: Timestamp(microsecondsSinceEpoch: 0) + every * index, duration: duration,
        errorKind: outcome == "." ? nil : outcome == "t" ? "timeout" : "connection")
    }
  }

  @Test(
    "a pattern is at least five failures and at least half of the newest twenty calls",
    arguments: [
      ("xxxxx", true), ("xxxx", false), ("......xxxxx", false), (".....xxxxx", true), ("", false),
      ("xxxxxxxxxx....................", false), ("....................xxxxxxxxxx", true),
    ])
  func detection(outcomes: String, isPattern: Bool) {
    #expect((FailurePattern(in: Self.calls(outcomes)) != nil) == isPattern)
  }

  @Test("the pattern names its commonest kind of failure")
  func kind() {
    #expect(FailurePattern(in: Self.calls("ttxxxt"))?.errorKind == "connection")
    #expect(FailurePattern(in: Self.calls("ttxxt"))?.errorKind == "timeout")
  }

  @Test("few calls give less confidence than many of the same share")
  func confidence() throws {
    let few = try #require(FailurePattern(in: Self.calls("xxxxx")))
    let many = try #require(FailurePattern(in: Self.calls(String(repeating: "x", count: 20))))
    #expect(few.confidence > 0.5)
    #expect(few.confidence < many.confidence)
    #expect(many.confidence < 1)
  }

  @Test("the interval's lower bound is what Wilson's formula gives")
  func wilson() {
    #expect(abs(FailurePattern.wilsonLowerBound(successes: 8, of: 10) - 0.4902) < 0.0001)
    #expect(FailurePattern.wilsonLowerBound(successes: 0, of: 0) == 0)
  }
}
