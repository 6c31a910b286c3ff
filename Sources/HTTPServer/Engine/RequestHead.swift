import CMicroHTTPD

/// A request's line and header fields.
struct RequestHead: Sendable {
  let method: HTTPMethod
  /// The path as it came.
  let path: Substring
  /// What follows the question mark.
  let query: Substring
  let headers: HTTPHeaders
  let arrival: ContinuousClock.Instant

  /// Reads the fields from the library. On the connection's thread, inside a callback.
  init(connection: ConnectionHandle, method: UnsafePointer<CChar>, target: String) {
    self.arrival = .now
    self.method = Self.method(method)
    let bytes = target.utf8
    let mark = bytes.firstIndex(of: 0x3F) ?? bytes.endIndex
    path = target[..<mark]
    query = mark == bytes.endIndex ? "" : target[bytes.index(after: mark)...]
    var fields: [HTTPHeaders.Field] = []
    fields.reserveCapacity(8)
    withUnsafeMutablePointer(to: &fields) { pointer in
      _ = MHD_get_connection_values(connection.pointer, .HEADER_KIND, collectField, pointer)
    }
    headers = HTTPHeaders(fields)
  }

  private static func method(_ name: UnsafePointer<CChar>) -> HTTPMethod { HTTPMethod(String(cString: name)) }

  /// Bytes of all fields.
  var size: Int { headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } }

  /// The body's size as announced; nil when it is not, or not as a number.
  var contentLength: Int? { headers["content-length"].flatMap { Int($0) } }
}

private func collectField(
  context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, key: UnsafePointer<CChar>?, value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context, let key else { return .NO }
  let fields = context.assumingMemoryBound(to: [HTTPHeaders.Field].self)
  fields.pointee.append(
    HTTPHeaders.Field(name: String(cString: key), value: value.map { String(cString: $0) } ?? ""))
  return .YES
}
