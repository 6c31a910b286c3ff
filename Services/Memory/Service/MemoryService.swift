import Extraction
import MemoryEvents
import RuntimeHost

/// Keeps what agents and people want remembered, finds it again, and reads entities and relations out of it.
public struct MemoryService: ServicePlugin {
  public static let name = "memory"
  public static let publishes = MemoryContract.events
  public static let settings = ModelSettings.declared

  private static let cleaningInterval = Duration.seconds(600)
  private static let cleaningBatch = 1_000

  private let extractor: any EntityExtractor
  private let model: ModelSettings?

  public init(configuration: ServiceConfiguration) throws {
    try self.init(extractor: OfflineExtractor(), configuration: configuration)
  }

  /// - Parameter extractor: What reads the texts at once, without leaving the process.
  public init(extractor: any EntityExtractor, configuration: ServiceConfiguration = .values()) throws {
    self.extractor = extractor
    model = try ModelSettings(configuration)
  }

  public func register(in service: inout ServiceRegistration) {
    service.migrations(MemorySchema.migrations)
    let wake = model.map { _ in Signal() }
    let names = NameBook()
    let extract = ExtractEntities(extractor: extractor, names: names, secondReading: wake)
    service.on(
      ExtractEntities.patterns, name: ExtractEntities.name, options: HandlerOptions(concurrency: 64), batch: 16
    ) { events, context in try await extract.handle(events, context) }
    let learn = LearnNames(book: names)
    service.on(LearnNames.patterns, name: LearnNames.name) { event, context in try await learn.handle(event, context) }
    service.routes {
      MemoryRoutes().add(to: &$0)
      NameRoutes().add(to: &$0)
    }
    if let model, let wake {
      let reading = ReadWithModel(settings: model, names: names, wake: wake)
      service.background("read-with-model") { context in try await reading.run(context) }
    }
    service.background("remove-expired") { context in
      while !Task.isCancelled {
        try await Self.removeExpired(context)
        try await context.clock.sleep(for: Self.cleaningInterval)
      }
    }
  }

  /// Forgets idempotency keys, searches and a model's answers whose time is over.
  private static func removeExpired(_ context: ServiceContext) async throws {
    var removed = cleaningBatch
    while removed == cleaningBatch {
      removed = try await context.transaction { tx in
        let keys = try IdempotencyStore(in: tx.database).removeExpired(at: tx.now, limit: cleaningBatch)
        let pages = try SearchPages(in: tx.database).removeExpired(at: tx.now, limit: cleaningBatch)
        let answers = try AnswerCache(in: tx.database).prune(at: tx.now, limit: cleaningBatch)
        let requests = try ListedNameStore(in: tx.database).removeExpired(at: tx.now, limit: cleaningBatch)
        try TokenBudget(in: tx.database).prune(at: tx.now)
        return max(keys, pages, answers, requests)
      }
    }
  }
}
