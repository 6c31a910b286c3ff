import RuntimeHost

/// A stretch of time from its first moment up to, and without, the moment that ends it. Either end may be open.
struct Period: Hashable, Sendable {
  /// Before every time that can be written down.
  static let openStart = Timestamp(microsecondsSinceEpoch: .min)
  /// After every time that can be written down.
  static let openEnd = Timestamp(microsecondsSinceEpoch: .max)

  var from: Timestamp
  var to: Timestamp

  init(from: Timestamp = openStart, to: Timestamp = openEnd) {
    self.from = from
    self.to = to
  }

  func contains(_ time: Timestamp) -> Bool { from <= time && time < to }
}
