import JSON

/// What a handler answers.
public struct HTTPResponse: Sendable {
  /// A response's content.
  public enum Body: Sendable {
    case empty
    case bytes([UInt8])
    /// Events until the sequence ends, the client leaves or the server stops.
    case stream(ServerSentEventStream)
  }

  public var status: HTTPStatus
  public var headers: HTTPHeaders
  public var body: Body

  public init(status: HTTPStatus = .ok, headers: HTTPHeaders = .init(), body: Body = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A JSON answer.
  public static func json(_ value: JSONValue, status: HTTPStatus = .ok) -> HTTPResponse {
    json(bytes: value.serialized(), status: status)
  }

  /// A JSON answer that is written already.
  public static func json(bytes: [UInt8], status: HTTPStatus = .ok) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
  }

  /// A text answer in UTF-8.
  public static func text(
    _ text: String, status: HTTPStatus = .ok, contentType: String = "text/plain; charset=utf-8"
  ) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
  }

  /// Bytes of a type of the caller's.
  public static func bytes(_ bytes: [UInt8], contentType: String, status: HTTPStatus = .ok) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Content-Type": contentType], body: .bytes(bytes))
  }

  /// No content.
  public static func empty(_ status: HTTPStatus = .noContent) -> HTTPResponse { HTTPResponse(status: status) }

  /// A stream of server-sent events.
  public static func events(_ stream: ServerSentEventStream) -> HTTPResponse {
    HTTPResponse(
      headers: [
        "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
      ], body: .stream(stream))
  }
}
