extension EventRecord {
  /// Every header as a transport with headers of its own writes them: `event_type`, `event_id`, the CloudEvents
  /// attributes that repeat them (`ce_specversion`, `ce_id`, `ce_type`), then `headers`.
  public func forEachHeader(_ body: (_ name: String, _ value: String) -> Void) {
    if let eventType { body(EventHeaders.eventType, eventType) }
    if let eventID { body(EventHeaders.eventID, eventID) }
    if let eventType, let eventID {
      body("ce_specversion", "1.0")
      body("ce_id", eventID)
      body("ce_type", eventType)
    }
    headers.forEach(body)
  }

  /// Takes a header that a transport read: the opposite of `forEachHeader`. Headers that follow from the type and
  /// the id are not kept twice.
  public mutating func setHeader(_ name: String, _ value: String) {
    switch name {
    case EventHeaders.eventType: eventType = value
    case EventHeaders.eventID: eventID = value
    case "ce_specversion", "ce_id", "ce_type": break
    default: headers.append(name, value)
    }
  }
}
