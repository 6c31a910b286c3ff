/// The flow that a request belongs to: the client's, or a new one.
enum CorrelationID {
  static let header = "X-Correlation-ID"

  /// Whether a client's id is taken: 1 to 128 visible ASCII characters.
  static func isTaken(_ id: String) -> Bool {
    (1...128).contains(id.utf8.count) && id.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// What a request's events inherit. The gate has seen to it that the header is there.
  static func metadata(of request: HTTPRequest) -> EventMetadata {
    EventMetadata(
      correlationID: request.headers[header],
      traceparent: TraceContext.current?.traceparent
        ?? request.headers["traceparent"].flatMap {
          TraceContext(traceparent: $0)?.traceparent
        })
  }
}
