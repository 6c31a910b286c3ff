import MemoryEvents
import RuntimeHost

/// In the memory service's place: publishes the extractions and deletions that it is sent.
struct ExtractionFeed: ServicePlugin {
  static let name = "memory"
  static let publishes: [any EventPayload.Type] = [MemoryEntityExtracted.self, MemoryDeleted.self]

  init(configuration: ServiceConfiguration) throws {}

  func register(in service: inout ServiceRegistration) {
    service.routes { routes in
      routes.post("/extractions", Operation(id: "feedExtraction", summary: "", requestBody: .any)) {
        try await Self.publish(try MemoryEntityExtracted(parsing: $0.body), $1)
      }
      routes.post("/deletions", Operation(id: "feedDeletion", summary: "", requestBody: .any)) {
        try await Self.publish(try MemoryDeleted(parsing: $0.body), $1)
      }
    }
  }

  private static func publish(_ payload: some EventPayload, _ context: ServiceContext) async throws -> HTTPResponse {
    let event = try await context.transaction { tx in try tx.publish(payload) }
    return .json(["event_id": .string(event.id), "correlation_id": .string(context.correlationID)])
  }
}
