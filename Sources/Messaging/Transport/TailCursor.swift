/// A place in the log to go on from. Its text is the transport's own: kept, sent and given back, never read.
///
/// Made of unreserved URL characters, so that it serves as a `Last-Event-ID` and in a query string.
public struct TailCursor: Hashable, Sendable, CustomStringConvertible {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Before the oldest record that is kept.
  public static let beginning = TailCursor(rawValue: "beginning")

  public var description: String { rawValue }
}
