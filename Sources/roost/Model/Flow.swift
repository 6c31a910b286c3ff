import Events
import JSON

/// What one correlation id connects: events in causal order.
struct Flow: Sendable, Equatable {
  struct Event: Sendable, Equatable {
    var id: String
    var type: String
    var time: Timestamp
    /// The event that caused it, which need not be part of the flow.
    var causationID: String?
    var service: String
  }

  var correlationID: String
  var status: String
  var events: [Event]
  /// The ids of the events along the path that took longest.
  var longestPath: Set<String>

  init(correlationID: String, status: String, events: [Event], longestPath: Set<String> = []) {
    self.correlationID = correlationID
    self.status = status
    self.events = events
    self.longestPath = longestPath
  }

  init(_ document: JSONValue) throws(CommandError) {
    var events: [Event] = []
    for item in try document.list("events") { events.append(try Event(item)) }
    self.init(
      correlationID: try document.text("correlation_id"), status: document["status"]?.stringValue ?? "unknown",
      events: events, longestPath: Set(document["longest_path"]?.arrayValue?.compactMap(\.stringValue) ?? []))
  }
}

extension Flow.Event {
  init(_ document: JSONValue) throws(CommandError) {
    let written = try document.text("timestamp")
    guard let time = try? Timestamp(parsing: written) else {
      throw CommandError(.internalError, "the server's answer has a timestamp that is none: \(written)")
    }
    self.init(
      id: try document.text("event_id"), type: DisplayText.printable(try document.text("event_type")), time: time,
      causationID: document["metadata"]?["causation_id"]?.stringValue,
      service: DisplayText.printable(document["source_service"]?.stringValue ?? ""))
  }
}
