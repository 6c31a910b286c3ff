/// A setting that stops the start: one line that names it.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }

  public var description: String { message }
}
