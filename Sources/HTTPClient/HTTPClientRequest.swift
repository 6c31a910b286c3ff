/// What to ask of another server.
public struct HTTPClientRequest: Sendable {
  /// `GET`, `POST`, ... as it goes over the wire.
  public var method: String
  /// An absolute address, `http` or `https`.
  public var url: String
  public var headers: [HTTPClientField]
  /// Sent with its length. `nil` sends no body; a `POST`, `PUT` or `PATCH` then says that its length is 0.
  public var body: [UInt8]?
  /// From the call to the last byte of the answer. For a stream of events: the longest silence, in whole seconds.
  public var timeout: Duration
  /// The largest body that is accepted, in bytes. For a stream of events: the largest single event.
  public var responseLimit: Int

  public init(
    method: String = "GET", url: String, headers: [HTTPClientField] = [], body: [UInt8]? = nil,
    timeout: Duration = .seconds(30), responseLimit: Int = 16 * 1024 * 1024
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.responseLimit = responseLimit
  }
}
