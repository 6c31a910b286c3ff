import Events
import HTTPClient
import KnowledgeGraphEvents
import MemoryEvents

/// Everything that the log of a running Roost holds, read as a stranger would: over HTTP, from the beginning.
///
/// The log may hold an event twice (it was sent again after a crash); here each id counts once, at its first place.
struct EventHistory {
  private(set) var events: [Event] = []
  /// How many there are of each type, so that a reader that waits for a number need not count anew at each event.
  private(set) var counts: [EventType: Int] = [:]
  private var ids: Set<String> = []
  /// How many records told of an event that was there already.
  private(set) var repeats = 0

  mutating func add(_ event: Event) {
    guard ids.insert(event.id).inserted else {
      repeats += 1
      return
    }
    events.append(event)
    counts[event.type, default: 0] += 1
  }

  /// Reads until `isComplete` says so of what was read.
  ///
  /// Throws when the stream ends first; the test's time limit ends a wait that never comes to an end.
  static func read(
    from url: String, pattern: String = "*", until isComplete: (EventHistory) throws -> Bool
  ) async throws -> EventHistory {
    var history = EventHistory()
    let request = HTTPClientRequest(
      method: "GET", url: "\(url)/v1/events?pattern=\(pattern)&from=beginning", timeout: .seconds(300))
    for try await message in HTTPClient.shared.events(from: request) {
      history.add(try Event(parsing: Array(message.data.utf8)))
      if try isComplete(history) { return history }
    }
    throw TestFailure("the stream of events ended before the history was complete")
  }

  func events<Payload: EventPayload>(of type: Payload.Type) throws -> [(event: Event, payload: Payload)] {
    try events.filter { $0.type == Payload.eventType }.map { ($0, try $0.decode(Payload.self)) }
  }
}

/// A promise was found broken, or a test could not look.
struct TestFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
