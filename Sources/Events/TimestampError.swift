/// Why a text is no time in RFC 3339's form.
public struct TimestampError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text that was refused, cut where it is long.
  public let text: String

  public var description: String {
    "'\(text)' is no RFC 3339 time such as 2026-11-24T04:33:49.123456Z"
  }
}
