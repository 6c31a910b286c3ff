/// One event of a stream, as the HTML standard's `text/event-stream` has it.
public struct ServerSentEvent: Sendable, Equatable {
  /// What a client that comes back sends as `Last-Event-ID`.
  public var id: String?
  /// The event's type; `message` when nil.
  public var event: String?
  /// UTF-8; line ends are kept.
  public var data: [UInt8]

  public init(id: String? = nil, event: String? = nil, data: [UInt8]) {
    self.id = id
    self.event = event
    self.data = data
  }

  public init(id: String? = nil, event: String? = nil, data: String) {
    self.init(id: id, event: event, data: Array(data.utf8))
  }

  /// Appends the event's lines and the empty line that ends it.
  func write(to bytes: inout [UInt8]) {
    if let id { Self.append("id", id, to: &bytes) }
    if let event { Self.append("event", event, to: &bytes) }
    var start = data.startIndex
    var index = start
    while index < data.endIndex {
      let byte = data[index]
      if byte == 0x0A || byte == 0x0D {
        Self.appendData(data[start..<index], to: &bytes)
        let next = data.index(after: index)
        if byte == 0x0D, next < data.endIndex, data[next] == 0x0A { index = next }
        start = index + 1
      }
      index += 1
    }
    Self.appendData(data[start...], to: &bytes)
    bytes.append(0x0A)
  }

  private static func appendData(_ line: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "data: ".utf8)
    bytes.append(contentsOf: line)
    bytes.append(0x0A)
  }

  /// A field of one line: what would end the line or void the field is left out.
  private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: ": ".utf8)
    bytes.append(contentsOf: value.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 })
    bytes.append(0x0A)
  }
}
