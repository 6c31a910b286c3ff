/// Why a capability gave no result.
struct ExecutionFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What code can switch on, spelt as in the events.
  enum Kind: String, Sendable {
    /// The caller's fault; says nothing of the capability.
    case badInput = "bad_input"
    case unknownCapability = "unknown_capability"
    case circuitOpen = "circuit_open"
    case timeout
    /// The endpoint could not be reached, or the connection ended in the middle.
    case connection
    /// The endpoint answered that it failed.
    case httpStatus = "http_status"
    /// The endpoint's answer cannot be used.
    case badAnswer = "bad_answer"
    case resultTooLarge = "result_too_large"
  }

  let kind: Kind
  /// One line for people, without secrets.
  let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether it speaks against the capability's health.
  var countsForBreaker: Bool {
    switch kind {
    case .badInput, .unknownCapability, .circuitOpen: false
    case .timeout, .connection, .httpStatus, .badAnswer, .resultTooLarge: true
    }
  }

  /// Whether the capability was called at all.
  var wasCalled: Bool { kind != .unknownCapability && kind != .circuitOpen }

  var description: String { message }
}
