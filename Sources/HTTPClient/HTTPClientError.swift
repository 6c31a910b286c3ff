/// Why there is no answer. The message is for a person and holds neither the query nor a header of the request.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable, Hashable {
    case invalidURL
    case cannotResolve
    case cannotConnect
    case timedOut
    /// The answer, or one event of a stream, is larger than the request's limit.
    case tooLarge
    /// The connection ended in the middle; the other side may or may not have acted on the request.
    case connectionLost
    case cancelled
    /// An answer came that is no stream of events; `response` has it.
    case unexpectedAnswer
    case other
  }

  public let kind: Kind
  public let message: String
  /// The answer that was no stream of events.
  public let response: HTTPClientResponse?

  public init(_ kind: Kind, _ message: String, response: HTTPClientResponse? = nil) {
    self.kind = kind
    self.message = message
    self.response = response
  }

  public var description: String { message }

  static let cancelled = HTTPClientError(.cancelled, "the call was cancelled")
}
