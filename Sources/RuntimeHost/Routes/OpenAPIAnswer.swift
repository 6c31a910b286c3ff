import Synchronization

/// The OpenAPI document, which is known only when every route is.
final class OpenAPIAnswer: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func set(_ document: JSONValue) {
    let serialized = document.serialized()
    bytes.withLock { $0 = serialized }
  }

  var response: HTTPResponse { .json(bytes: bytes.withLock { $0 }) }
}
