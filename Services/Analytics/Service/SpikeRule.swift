/// When a rate is a spike.
struct SpikeRule: Sendable, Equatable {
  /// A spike is more than so many times the baseline,
  var factor = 3.0
  /// and more than so many events a minute.
  var minimumPerMinute = 10.0

  /// Without a baseline nothing is a spike; against a baseline of zero, whatever is above the minimum.
  func isSpike(_ rate: EventRate) -> Bool {
    guard let baseline = rate.baselinePerMinute else { return false }
    return rate.perMinute > minimumPerMinute && rate.perMinute > baseline * factor
  }
}
