import Glibc

extension EventRecord {
  /// `forEachHeader` for a transport that writes bytes: the same headers in the same order, lent for the call.
  package func forEachHeaderUTF8(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
    if let eventType { Self.lend(EventHeaders.eventType, eventType, body) }
    if let eventID { Self.lend(EventHeaders.eventID, eventID, body) }
    if let eventType, let eventID {
      Self.lend("ce_specversion", "1.0", body)
      Self.lend("ce_id", eventID, body)
      Self.lend("ce_type", eventType, body)
    }
    headers.forEachUTF8(body)
  }

  /// Lends the id's bytes; none when it has no id.
  package borrowing func withEventIDUTF8(_ body: (UnsafeRawBufferPointer) -> Void) {
    if let eventID { Self.lend(eventID, body) } else { body(UnsafeRawBufferPointer(start: nil, count: 0)) }
  }

  /// Lends the key's bytes; `nil` when it has no key.
  package borrowing func withKeyUTF8<Result>(_ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    guard let key else { return body(nil) }
    return Self.lend(key, body)
  }

  /// `setHeader` for a transport that reads bytes: `eventType` turns the bytes of that header into its string.
  package mutating func setHeader(
    name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, eventType text: (UnsafeRawBufferPointer) -> String
  ) {
    switch name.count {
    case 10 where Self.isEqual(name, "event_type"): eventType = text(value)
    case 8 where Self.isEqual(name, "event_id"): eventID = String(decoding: value, as: UTF8.self)
    case 14 where Self.isEqual(name, "ce_specversion"): break
    case 5 where Self.isEqual(name, "ce_id"): break
    case 7 where Self.isEqual(name, "ce_type"): break
    default:
      // Room for the source and the time, which most records have.
      if headers.isEmpty { headers.reserveCapacity(96) }
      headers.append(name: name, value: value)
    }
  }

  private static func isEqual(_ name: UnsafeRawBufferPointer, _ known: StaticString) -> Bool {
    guard let bytes = name.baseAddress, name.count == known.utf8CodeUnitCount else { return false }
    return memcmp(bytes, known.utf8Start, name.count) == 0
  }

  private static func lend(
    _ name: String, _ value: String, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void
  ) {
    lend(name) { name in lend(value) { value in body(name, value) } }
  }

  /// Lends a string's bytes where they lie; a copy for `withUTF8` would count its references up and down.
  private static func lend<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
    var copy = text
    return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
