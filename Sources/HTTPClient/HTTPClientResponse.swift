import JSON

/// A complete answer. Any status is an answer: a client that minds looks at `isSuccess`.
public struct HTTPClientResponse: Sendable {
  public var status: Int
  public var headers: [HTTPClientField]
  public var body: [UInt8]

  public init(status: Int, headers: [HTTPClientField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// 200 to 299.
  public var isSuccess: Bool { (200..<300).contains(status) }

  /// The body as UTF-8; bytes that are none become U+FFFD.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a document.
  public func json() throws(JSONError) -> JSONValue { try JSONValue(parsing: body) }
}
