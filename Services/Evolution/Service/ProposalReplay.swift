import RuntimeHost

/// What recorded calls would have come to under other limits.
///
/// The calls are run through the breaker's own state machine, at the times at which they were made: nothing is called,
/// nothing is changed. A call that timed out is only known to have taken longer than its limit; under a longer one it
/// counts as undecided, never as a success.
struct ProposalReplay: Sendable, Equatable {
  /// Calls that succeeded and would have been refused or cut off.
  var successesLost = 0
  /// Failing calls that would have been refused at once.
  var failuresSpared = 0
  /// Time-outs that a longer limit might have turned into successes.
  var undecided = 0
  /// Successes that took more than half of the limit: signs that the limit cuts off what is only slow.
  var nearLimit = 0
  var successes = 0
  var failures = 0
  /// What callers would have waited less for calls that failed anyway.
  var timeSaved = Duration.zero
  /// What callers waited for calls that failed.
  var timeWasted = Duration.zero

  /// - Parameter calls: Oldest first.
  init(of draft: ProposalDraft, over calls: [RecordedCall], from limits: CapabilityLimits) {
    var circuit = Circuit(draft.limits.breaker)
    let usesBreaker = draft.limits.breaker != limits.breaker
    let start = calls.first?.at ?? Timestamp(microsecondsSinceEpoch: 0)
    for call in calls {
      if call.failed {
        failures += 1
        timeWasted += call.duration
      } else {
        successes += 1
        if call.duration * 2 > limits.timeout { nearLimit += 1 }
      }
      let isCutOff = !call.failed && call.duration > draft.limits.timeout
      let ended = max(.zero, call.at - start)
      guard usesBreaker else {
        if isCutOff { successesLost += 1 }
        if call.timedOut {
          if draft.limits.timeout > limits.timeout { undecided += 1 }
          timeSaved += max(.zero, call.duration - draft.limits.timeout)
        }
        continue
      }
      switch circuit.admit(at: ended) {
      case .rejected:
        if call.failed {
          failuresSpared += 1
          timeSaved += call.duration
        } else {
          successesLost += 1
        }
      case .allowed(let permit):
        _ = call.failed ? circuit.fail(permit, at: ended) : circuit.succeed(permit, at: ended)
      }
    }
  }

  /// From -1, all harm, to 1, all gain: what share of the wasted waiting it saves, or of the time-outs it may mend,
  /// less twice the share of successes that it costs.
  var score: Double {
    let saved = timeWasted > .zero ? timeSaved / timeWasted : 0
    let spared = failures > 0 ? Double(failuresSpared) / Double(failures) : 0
    let mended =
      failures > 0 && successes > 0 ? Double(undecided) / Double(failures) * Double(nearLimit) / Double(successes) : 0
    let lost = successes > 0 ? Double(successesLost) / Double(successes) : 0
    return max(-1, min(1, max(saved, spared, mended) - 2 * lost))
  }

  /// What a proposal must reach to be put before a person.
  static let passingScore = 0.1

  var passes: Bool { score >= Self.passingScore }

  /// The figures behind the score.
  var evidence: JSONObject {
    [
      "recorded_calls": JSONValue(successes + failures), "recorded_failures": JSONValue(failures),
      "failures_spared": JSONValue(failuresSpared), "successes_lost": JSONValue(successesLost),
      "undecided": JSONValue(undecided), "successes_near_limit": JSONValue(nearLimit),
      "time_wasted_ms": .integer(timeWasted.wholeMilliseconds), "time_saved_ms": .integer(timeSaved.wholeMilliseconds),
    ]
  }
}
