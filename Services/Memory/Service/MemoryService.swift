import Extraction
import MemoryEvents
import RuntimeHost

/// Keeps what agents and people want remembered, finds it again, and reads entities and relations out of it.
public struct MemoryService: ServicePlugin {
  public static let name = "memory"
  public static let publishes = MemoryContract.events

  private static let cleaningInterval = Duration.seconds(600)
  private static let cleaningBatch = 1_000

  public init(configuration: ServiceConfiguration) {}

  public func register(in service: inout ServiceRegistration) {
    service.migrations(MemorySchema.migrations)
    let extract = ExtractEntities(extractor: RuleExtractor())
    service.on(MemoryCreated.self, name: "extract-entities") { event, context in
      try await extract.run(
        memoryID: event.payload.memoryID, version: event.payload.version, content: event.payload.content,
        at: event.payload.createdAt ?? event.timestamp, context)
    }
    service.on(MemoryUpdated.self, name: "extract-entities-again") { event, context in
      // A change of the labels alone leaves the text, and what it states.
      guard let content = event.payload.content else { return }
      try await extract.run(
        memoryID: event.payload.memoryID, version: event.payload.version, content: content, at: event.timestamp,
        context)
    }
    service.routes { MemoryRoutes().add(to: &$0) }
    service.background("remove-expired") { context in
      while !Task.isCancelled {
        try await Self.removeExpired(context)
        try await context.clock.sleep(for: Self.cleaningInterval)
      }
    }
  }

  /// Forgets idempotency keys and searches whose time is over.
  private static func removeExpired(_ context: ServiceContext) async throws {
    var removed = cleaningBatch
    while removed == cleaningBatch {
      removed = try await context.transaction { tx in
        let keys = try IdempotencyStore(in: tx.database).removeExpired(at: tx.now, limit: cleaningBatch)
        let pages = try SearchPages(in: tx.database).removeExpired(at: tx.now, limit: cleaningBatch)
        return max(keys, pages)
      }
    }
  }
}
