import RuntimeHost
import Testing

@testable import EvolutionService

@Suite("Proposals")
struct ProposalReplayTests {
  private func call(_ index: Int, _ duration: Duration, _ kind: String? = nil) -> RecordedCall {
    RecordedCall(
      executionID: "exec_\(index)", at: Timestamp(microsecondsSinceEpoch: Int64(index) * 1_000_000), duration: duration,
      errorKind: kind)
  }

  private func best(_ calls: [RecordedCall], _ limits: CapabilityLimits) throws -> (ProposalDraft, ProposalReplay) {
    let pattern = try #require(FailurePattern(in: calls))
    let tried = ProposalDraft.candidates(for: pattern, calls: calls, limits: limits).map {
      ($0, ProposalReplay(of: $0, over: calls, from: limits))
    }
    return try #require(tried.max { $0.1.score < $1.1.score })
  }

  @Test("time-outs far beyond what successes take lead to a shorter limit that cuts off none of them")
  func shorter() throws {
    let calls =
      (0..<10).map { call($0, .milliseconds(50)) } + (10..<22).map { call($0, .seconds(30), RecordedCall.timeout) }
    var limits = CapabilityLimits()
    limits.breaker = CircuitBreakerConfiguration(failureThreshold: 2, resetTimeout: .seconds(600))
    let (draft, replay) = try best(calls, limits)
    #expect(draft.kind == .shorterTimeout)
    #expect(draft.limits.timeout == .milliseconds(250))
    #expect(replay.successesLost == 0)
    #expect(replay.passes)
  }

  @Test("time-outs right behind slow successes lead to a longer limit, and none of them counts as mended for sure")
  func longer() throws {
    let limits = CapabilityLimits(timeout: .seconds(1))
    let calls = (0..<24).map { index in
      index % 2 == 0 ? call(index, .milliseconds(900)) : call(index, .seconds(1), RecordedCall.timeout)
    }
    let (draft, replay) = try best(calls, limits)
    #expect(draft.kind == .longerTimeout)
    #expect(draft.limits.timeout == .seconds(2))
    #expect(replay.undecided == 12)
    #expect(replay.passes)
  }

  @Test("a capability that is gone leads to a breaker that opens earlier, tried with the breaker itself")
  func breaker() throws {
    let calls = (0..<40).map { call($0, .seconds(5), "connection") }
    let (draft, replay) = try best(calls, CapabilityLimits())
    #expect(draft.kind == .earlierBreaker)
    #expect(replay.failuresSpared == 38)
    #expect(replay.passes)
    #expect(draft.limits.changes(from: CapabilityLimits()).keys == ["breaker"])
  }

  @Test("a breaker that would refuse more good calls than bad ones does not pass")
  func harmful() throws {
    let pattern = (0..<63).map { index in
      index % 6 < 3 ? call(index, .milliseconds(5), "connection") : call(index, .milliseconds(5))
    }
    let found = try #require(FailurePattern(in: pattern))
    let candidates = ProposalDraft.candidates(for: found, calls: pattern, limits: CapabilityLimits())
    let draft = try #require(candidates.first { $0.kind == .earlierBreaker })
    let replay = ProposalReplay(of: draft, over: pattern, from: CapabilityLimits())
    #expect(replay.successesLost > 0)
    #expect(!replay.passes)
  }

  @Test("no recorded call gives no score, and no division by zero")
  func empty() {
    let draft = ProposalDraft(kind: .earlierBreaker, limits: CapabilityLimits(), description: "")
    let replay = ProposalReplay(of: draft, over: [], from: CapabilityLimits())
    #expect(replay.score == 0)
    #expect(!replay.passes)
  }
}
