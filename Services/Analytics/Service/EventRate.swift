/// How often events of one type came of late, from counts by the minute.
///
/// The baseline leaves the window itself out, so that a spike does not raise what it is measured against.
struct EventRate: Sendable, Equatable {
  static let windowMinutes = 5
  static let baselineMinutes = 60

  /// Events a minute over the last 5 minutes.
  var perMinute: Double
  /// Events a minute over the 60 minutes.
  var perMinuteOverHour: Double
  /// Events a minute over the part of the 60 minutes before the window; nil while less than `minimumBaseline` minutes
  /// of it were watched.
  var baselinePerMinute: Double?

  /// Minutes that must have been watched before the window for a baseline to mean anything.
  static let minimumBaseline = 5.0

  /// - Parameters:
  ///   - inWindow: Events counted in the current minute and the four before it.
  ///   - beforeWindow: Events counted in the 55 minutes before those.
  ///   - secondsIntoMinute: How much of the current minute has passed, 0 to 60.
  ///   - watchedMinutes: Since when the monitor counts, in minutes.
  init(inWindow: Int, beforeWindow: Int, secondsIntoMinute: Double, watchedMinutes: Double) {
    let window = Double(Self.windowMinutes - 1) + max(0, min(60, secondsIntoMinute)) / 60
    let before = Double(Self.baselineMinutes - Self.windowMinutes)
    // While it has watched for less than the window, a rate is taken over the whole window: a first burst is no rate.
    perMinute = Double(inWindow) / max(window, 1)
    perMinuteOverHour = Double(inWindow + beforeWindow) / min(max(watchedMinutes, window, 1), window + before)
    let watchedBefore = min(watchedMinutes - window, before)
    baselinePerMinute = watchedBefore >= Self.minimumBaseline ? Double(beforeWindow) / watchedBefore : nil
  }
}
