import Extraction
import MemoryEvents
import RuntimeHost

/// Keeps what agents and people want remembered, finds it again, and reads entities and relations out of it.
public struct MemoryService: ServicePlugin {
  public static let name = "memory"
  public static let publishes = MemoryContract.events

  private static let cleaningInterval = Duration.seconds(600)
  private static let cleaningBatch = 1_000

  private let extractor: any EntityExtractor

  public init(configuration: ServiceConfiguration) {
    self.init(extractor: RuleExtractor())
  }

  /// - Parameter extractor: What reads the texts.
  public init(extractor: any EntityExtractor) {
    self.extractor = extractor
  }

  public func register(in service: inout ServiceRegistration) {
    service.migrations(MemorySchema.migrations)
    let extract = ExtractEntities(extractor: extractor)
    service.on(ExtractEntities.patterns, name: ExtractEntities.name) { event, context in
      try await extract.handle(event, context)
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
