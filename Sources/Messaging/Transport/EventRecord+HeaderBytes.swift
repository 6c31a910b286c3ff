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

  /// `setHeader` for a transport that reads bytes: `eventType` turns the bytes of that header into its string.
  package mutating func setHeader(
    name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, eventType text: (UnsafeRawBufferPointer) -> String
  ) {
    switch name.count {
    case 10 where name.elementsEqual(EventHeaders.eventType.utf8): eventType = text(value)
    case 8 where name.elementsEqual(EventHeaders.eventID.utf8): eventID = String(decoding: value, as: UTF8.self)
    case 14 where name.elementsEqual("ce_specversion".utf8): break
    case 5 where name.elementsEqual("ce_id".utf8): break
    case 7 where name.elementsEqual("ce_type".utf8): break
    default: headers.append(name: name, value: value)
    }
  }

  private static func lend(
    _ name: String, _ value: String, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void
  ) {
    var (name, value) = (name, value)
    name.withUTF8 { name in
      value.withUTF8 { value in body(UnsafeRawBufferPointer(name), UnsafeRawBufferPointer(value)) }
    }
  }
}
