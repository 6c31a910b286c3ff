/// Reads a `text/event-stream` by the rules of the HTML standard, in pieces of any size.
///
/// A pure value: bytes in, events out. Lines may end in LF, CR or CRLF, also where a piece ends between the two.
/// An event that the stream's end cuts off is dropped, as the standard says.
public struct ServerSentEventParser: Sendable {
  /// The last `id` that was set, by whichever event.
  public private(set) var lastEventID = ""
  /// How long to wait before connecting again, where the server said so.
  public private(set) var retry: Duration?

  /// The most bytes one event may have before it is complete.
  private let limit: Int
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var event = ""
  private var hasData = false
  private var previousWasCarriageReturn = false
  private var isFirstLine = true

  public init(limit: Int = .max) { self.limit = limit }

  /// The events that these bytes complete, in order.
  ///
  /// - Throws: `HTTPClientError` of kind `tooLarge`; the parser is of no further use then.
  public mutating func parse(_ bytes: some Sequence<UInt8>) throws(HTTPClientError) -> [HTTPClientEvent] {
    var events: [HTTPClientEvent] = []
    for byte in bytes {
      let followsCarriageReturn = previousWasCarriageReturn
      previousWasCarriageReturn = byte == UInt8(ascii: "\r")
      switch byte {
      case UInt8(ascii: "\n") where followsCarriageReturn: continue
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        endLine(into: &events)
      default:
        line.append(byte)
        guard line.count + data.count <= limit else {
          throw HTTPClientError(.tooLarge, "one event of the stream is larger than \(limit) bytes")
        }
      }
    }
    return events
  }

  private mutating func endLine(into events: inout [HTTPClientEvent]) {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    guard !line.isEmpty else { return dispatch(into: &events) }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return setField(line[...], to: []) }
    // A line that begins with a colon is a comment: its name is empty and matches no field.
    var value = line[(colon + 1)...]
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    setField(line[..<colon], to: value)
  }

  private mutating func setField(_ name: ArraySlice<UInt8>, to value: ArraySlice<UInt8>) {
    switch String(decoding: name, as: UTF8.self) {
    case "event": event = String(decoding: value, as: UTF8.self)
    case "data":
      if hasData { data.append(UInt8(ascii: "\n")) }
      data.append(contentsOf: value)
      hasData = true
    case "id" where !value.contains(0): lastEventID = String(decoding: value, as: UTF8.self)
    case "retry":
      guard !value.isEmpty, value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let milliseconds = Int(String(decoding: value, as: UTF8.self))
      else { return }
      retry = .milliseconds(milliseconds)
    default: break
    }
  }

  private mutating func dispatch(into events: inout [HTTPClientEvent]) {
    if hasData {
      events.append(
        HTTPClientEvent(
          id: lastEventID, event: event.isEmpty ? "message" : event, data: String(decoding: data, as: UTF8.self)))
    }
    data.removeAll(keepingCapacity: true)
    hasData = false
    event = ""
  }
}
