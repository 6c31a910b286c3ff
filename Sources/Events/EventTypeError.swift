/// Why a name is no event type, or no pattern of event types.
public struct EventTypeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The name that was refused.
  public let name: String
  /// What is wrong with it.
  public let reason: String

  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  public var description: String { "'\(name)' \(reason)" }
}
