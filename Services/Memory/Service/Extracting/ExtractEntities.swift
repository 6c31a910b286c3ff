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

  /// What was read out of one text.
  private struct Reading: Sendable {
    let event: Event
    let outcome: MemoryEntityExtracted
    let version: Int
    let storedAt: Timestamp
  }

  func handle(_ events: [Event], _ context: ServiceContext) async throws {
    var readings: [Reading] = []
    for event in events {
      if let reading = try await read(event) { readings.append(reading) }
    }
    guard !readings.isEmpty else { return }
    try await context.transaction { [readings] tx in for reading in readings { try save(reading, in: tx) } }
  }

  /// `nil` when the event brings no text.
  private func read(_ event: Event) async throws -> Reading? {
    if event.type == MemoryCreated.eventType {
      let memory = try event.decode(MemoryCreated.self)
      return try await read(
        memory.content, of: memory.memoryID, version: memory.version, at: memory.createdAt ?? event.timestamp, event)
    }
    let memory = try event.decode(MemoryUpdated.self)
    // A change of the labels alone leaves the text, and what it states.
    guard let content = memory.content else { return nil }
    return try await read(content, of: memory.memoryID, version: memory.version, at: event.timestamp, event)
  }

  /// - Parameters:
  ///   - version: The version of the memory that brought the text.
  ///   - time: When the text was stored: what "last summer" is resolved against.
  private func read(
    _ content: String, of memoryID: String, version: Int, at time: Timestamp, _ event: Event
  ) async throws -> Reading {
    let extraction = try await extractor.extract(from: content, at: time.microsecondsSinceEpoch)
    let outcome = ExtractionOutcome(
      extraction, of: memoryID, version: version, extractor: extractor.version, storedAt: time
    ).payload
    return Reading(event: event, outcome: outcome, version: version, storedAt: time)
  }

  private func save(_ reading: Reading, in tx: ServiceTransaction) throws {
    let memoryID = reading.outcome.memoryID
    let text = try tx.first(
      """
      SELECT m.row_id, m.content_version, x.row_id IS NOT NULL FROM memories m
      LEFT JOIN memory_extractions x ON x.row_id = m.row_id WHERE m.memory_id = ? AND m.deleted_at IS NULL
      """, memoryID
    ) { (row: try $0.int64(0), version: try $0.int(1), hasOutcome: try $0.bool(2)) }
    // A memory that was deleted meanwhile has no text any more, and nothing to say.
    guard let text else { return }
    if text.version == reading.version {
      try EntityIndex(in: tx.database).save(
        reading.outcome, row: text.row, replacing: text.hasOutcome, at: tx.now)
      if let secondReading {
        try ReadingStore(in: tx.database).add(
          row: text.row, memoryID: memoryID, version: reading.version, storedAt: reading.storedAt,
          flow: EventMetadata(causedBy: reading.event), at: tx.now)
        tx.database.afterCommit { secondReading.send() }
      }
    }
    try tx.publish(reading.outcome, causedBy: reading.event)
  }
}
