/// What a handler throws when trying again would be useless: the event is dead at once.
public struct PermanentFailure: Error, Sendable, CustomStringConvertible {
  /// One line for the person who will look at it.
  public let message: String

  public init(_ message: String) {
    self.message = message
  }

  public var description: String { message }
}
