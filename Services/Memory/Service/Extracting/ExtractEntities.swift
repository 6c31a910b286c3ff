import Extraction
import MemoryEvents
import RuntimeHost

/// The handler that reads every new text of a memory, and publishes what it states.
///
/// Creations and changes are one handler's, so the outcomes of a memory are published in the order of its versions,
/// one for each version of the text. The extractor runs with no transaction open. What is searched by is the outcome of
/// the text as it stands: a late one of an earlier text does not replace it. With a language model, the text's second
/// reading is asked for in the same transaction.
struct ExtractEntities: Sendable {
  static let name = "extract-entities"
  static let patterns = [EventPattern(MemoryCreated.eventType), EventPattern(MemoryUpdated.eventType)]

  let extractor: any EntityExtractor
  /// Woken when a text is to be read by the language model as well; `nil` when there is none.
  var secondReading: Signal?

  func handle(_ event: Event, _ context: ServiceContext) async throws {
    if event.type == MemoryCreated.eventType {
      let memory = try event.decode(MemoryCreated.self)
      try await extract(
        memory.content, of: memory.memoryID, version: memory.version, at: memory.createdAt ?? event.timestamp, context)
    } else {
      let memory = try event.decode(MemoryUpdated.self)
      // A change of the labels alone leaves the text, and what it states.
      guard let content = memory.content else { return }
      try await extract(content, of: memory.memoryID, version: memory.version, at: event.timestamp, context)
    }
  }

  /// - Parameters:
  ///   - version: The version of the memory that brought the text.
  ///   - time: When the text was stored: what "last summer" is resolved against.
  private func extract(
    _ content: String, of memoryID: String, version: Int, at time: Timestamp, _ context: ServiceContext
  ) async throws {
    let extraction = try await extractor.extract(from: content, at: time.microsecondsSinceEpoch)
    let outcome = ExtractionOutcome(
      extraction, of: memoryID, version: version, extractor: extractor.version, storedAt: time
    ).payload
    let flow = context.metadata
    try await context.transaction { [secondReading] tx in
      let text = try tx.first(
        """
        SELECT m.row_id, m.content_version, x.row_id IS NOT NULL FROM memories m
        LEFT JOIN memory_extractions x ON x.row_id = m.row_id WHERE m.memory_id = ? AND m.deleted_at IS NULL
        """, memoryID
      ) { (row: try $0.int64(0), version: try $0.int(1), hasOutcome: try $0.bool(2)) }
      // A memory that was deleted meanwhile has no text any more, and nothing to say.
      guard let text else { return }
      if text.version == version {
        try EntityIndex(in: tx.database).save(outcome, row: text.row, replacing: text.hasOutcome, at: tx.now)
        if let secondReading {
          try ReadingStore(in: tx.database).add(
            row: text.row, memoryID: memoryID, version: version, storedAt: time, flow: flow, at: tx.now)
          tx.database.afterCommit { secondReading.send() }
        }
      }
      try tx.publish(outcome)
    }
  }
}
