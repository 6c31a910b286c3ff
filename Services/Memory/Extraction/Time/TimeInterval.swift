/// A half-open stretch of time, in days since 1970-01-01; an end that is not known is nil.
struct TimeInterval: Equatable {
  var from: Int?
  /// The first day after it.
  var to: Int?
}
