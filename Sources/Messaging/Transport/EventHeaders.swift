/// Names and values in one buffer, in order: an outbox row, a log entry and a record share its bytes as they are.
///
/// Each name and each value is its length in bytes (LEB128, 7 bits a byte, low bits first) and then its UTF-8.
public struct EventHeaders: Sendable, Hashable {
  public static let eventType = "event_type"
  public static let eventID = "event_id"
  public static let traceparent = "traceparent"
  public static let cloudEventSource = "ce_source"
  public static let cloudEventTime = "ce_time"

  /// The buffer, to be stored and given back to `init(encoded:)`.
  public private(set) var encoded: [UInt8]

  public init() {
    encoded = []
  }

  /// Takes what `encoded` gave. Bytes that are cut short end the headers there; nothing traps.
  public init(encoded: [UInt8]) {
    self.encoded = encoded
  }

  public var isEmpty: Bool { encoded.isEmpty }

  public mutating func reserveCapacity(_ bytes: Int) {
    encoded.reserveCapacity(bytes)
  }

  /// Adds a header after the others, even when the name is there already.
  public mutating func append(_ name: String, _ value: String) {
    append(text: name)
    append(text: value)
  }

  /// Adds a header whose value is lent as UTF-8.
  mutating func append(_ name: String, utf8 value: UnsafeBufferPointer<UInt8>) {
    append(text: name)
    append(bytes: UnsafeRawBufferPointer(value))
  }

  private mutating func append(text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(bytes: UnsafeRawBufferPointer($0)) }
    if isDone == nil {
      var text = text
      text.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  mutating func append(bytes: UnsafeRawBufferPointer) {
    var length = bytes.count
    while length >= 0x80 {
      encoded.append(UInt8(truncatingIfNeeded: length) | 0x80)
      length >>= 7
    }
    encoded.append(UInt8(truncatingIfNeeded: length))
    encoded.append(contentsOf: bytes)
  }
}
