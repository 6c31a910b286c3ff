import RuntimeHost

/// A capability that is code of this service: a pure function of its input and the time.
struct Builtin: Sendable {
  let name: String
  let description: String
  /// Throws `ExecutionFailure` for an input that it cannot use.
  let body: @Sendable (_ input: JSONValue, _ now: Timestamp) throws(ExecutionFailure) -> JSONValue

  /// The id of the capability that it is offered as from the first start on.
  var capabilityID: String { "cap_\(name.replacing(".", with: "_"))" }

  static let all = [echo, wordCount, currentTime, pick]

  static func named(_ name: String) -> Builtin? { all.first { $0.name == name } }

  static func run(_ name: String, _ input: JSONValue, at now: Timestamp) throws(ExecutionFailure) -> JSONValue {
    guard let builtin = named(name) else {
      throw ExecutionFailure(.unknownCapability, "there is no built-in \(name)")
    }
    return try builtin.body(input, now)
  }
}
