/// The log as server-sent events.
struct EventStream: Sendable {
  let transport: any EventTransport

  func response(to request: HTTPRequest) async throws -> HTTPResponse {
    let pattern = try Self.pattern(request.query["pattern"] ?? "*")
    let topics = pattern.literalDomain.map { TopicSelection.named([$0]) } ?? .all
    let cursor =
      request.lastEventID.map { TailCursor(rawValue: $0) } ?? (request.query["from"] == "beginning" ? .beginning : nil)
    let tail: any TransportTail
    do throws(TransportError) {
      tail = try await transport.tail(from: cursor, topics: topics)
    } catch {
      guard error.kind == .invalidCursor else { throw error }
      throw Problem.badRequest("Last-Event-ID is not a place in this log: \(error.message)")
    }
    return .events(
      ServerSentEventStream(heartbeat: .seconds(5), retry: .seconds(1)) { send in
        do {
          try await Self.send(tail, pattern, send)
          await tail.close()
        } catch {
          await tail.close()
          // A client that left is no error.
          if !Task.isCancelled { throw error }
        }
      })
  }

  private static func send(
    _ tail: any TransportTail, _ pattern: EventPattern, _ send: ServerSentEventStream.Send
  ) async throws {
    while true {
      let batch = try await tail.nextBatch(limit: 256)
      for record in batch.records {
        let value = record.delivered
        // Bytes that are no event are for the failed deliveries, not for those who follow events.
        guard let type = type(of: value.record), pattern.matches(type) else { continue }
        try await send(ServerSentEvent(id: record.cursor.rawValue, event: type.name, data: value.record.value))
      }
      if batch.isClosed { return }
    }
  }

  private static func type(of record: EventRecord) -> EventType? {
    if let name = record.eventType, let type = try? EventType(validating: name) { return type }
    return try? Event(parsing: record.value).type
  }

  static func pattern(_ text: String) throws(Problem) -> EventPattern {
    do throws(EventTypeError) { return try EventPattern(validating: text) } catch {
      throw Problem.badRequest("The pattern is none: \(error.description)")
    }
  }
}
