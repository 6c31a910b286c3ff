import RuntimeHost

/// One call of a capability, as the capability service reported it.
struct RecordedCall: Sendable, Equatable {
  var executionID: String
  /// When it ended.
  var at: Timestamp
  var duration: Duration
  /// What kind of failure it was; nil when it succeeded.
  var errorKind: String?

  /// Kinds that say nothing of the capability's health: the caller's fault, or a call that was never made.
  static let kindsThatDoNotCount: Set<String> = ["bad_input", "circuit_open", "unknown_capability", "cancelled"]
  static let timeout = "timeout"

  var failed: Bool { errorKind != nil }
  var timedOut: Bool { errorKind == Self.timeout }
}
