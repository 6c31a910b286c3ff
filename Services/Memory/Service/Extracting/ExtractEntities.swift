import Extraction
import MemoryEvents
import RuntimeHost

/// The handler that reads every new text of a memory, and publishes what it states.
///
/// Creations and changes are one handler's, so the outcomes of a memory are published in the order of its versions,
/// one for each version of the text. The extractor runs with no transaction open. What is searched by is the outcome of
/// the text as it stands: a late one of an earlier text does not replace it. With a language model, the text's second
/// reading is asked for in the same transaction.
///
/// What is stored was read with the names that people had listed by then: the transaction looks whether they have
/// changed, and if so the texts are read again.
struct ExtractEntities: Sendable {
  static let name = "extract-entities"
  static let patterns = [EventPattern(MemoryCreated.eventType), EventPattern(MemoryUpdated.eventType)]

  /// A list that changes faster than texts are read does not keep them from being stored.
  private static let readings = 5

  let extractor: any EntityExtractor
  let names: NameBook
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
    for count in 1...Self.readings {
      let edition = try await names.edition(context)
      var readings: [Reading] = []
      for event in events {
        if let reading = try await read(event, knowing: edition.names) { readings.append(reading) }
      }
      guard !readings.isEmpty else { return }
      do {
        return try await context.transaction { [readings] tx in
          for reading in readings {
            try save(reading, readWith: edition.versions, orOlder: count == Self.readings, in: tx)
          }
        }
      } catch let change as NamesChanged {
        names.note(change)
      }
    }
  }

  /// `nil` when the event brings no text.
  private func read(_ event: Event, knowing names: KnownNames) async throws -> Reading? {
    if event.type == MemoryCreated.eventType {
      let memory = try event.decode(MemoryCreated.self)
      return try await read(
        memory.content, of: memory.memoryID, version: memory.version, at: memory.createdAt ?? event.timestamp, event,
        knowing: names)
    }
    let memory = try event.decode(MemoryUpdated.self)
    // A change of the labels alone leaves the text, and what it states.
    guard let content = memory.content else { return nil }
    return try await read(
      content, of: memory.memoryID, version: memory.version, at: event.timestamp, event, knowing: names)
  }

  /// - Parameters:
  ///   - version: The version of the memory that brought the text.
  ///   - time: When the text was stored: what "last summer" is resolved against.
  private func read(
    _ content: String, of memoryID: String, version: Int, at time: Timestamp, _ event: Event,
    knowing names: KnownNames
  ) async throws -> Reading {
    let extraction = try await extractor.extract(from: content, at: time.microsecondsSinceEpoch, knowing: names)
    let outcome = ExtractionOutcome(
      extraction, of: memoryID, version: version, extractor: extractor.version, storedAt: time
    ).payload
    return Reading(event: event, outcome: outcome, version: version, storedAt: time)
  }

  /// - Parameters:
  ///   - names: The lists that it was read with.
  ///   - isPatient: Whether it is stored although people have changed theirs since.
  /// - Throws: `NamesChanged`.
  private func save(
    _ reading: Reading, readWith names: NameListVersions, orOlder isPatient: Bool, in tx: ServiceTransaction
  ) throws {
    let memoryID = reading.outcome.memoryID
    let text = try tx.first(
      """
      SELECT m.row_id, m.content_version, x.row_id IS NOT NULL, v.listed, v.graph FROM memories m
      JOIN name_list_versions v ON v.id = 1
      LEFT JOIN memory_extractions x ON x.row_id = m.row_id WHERE m.memory_id = ? AND m.deleted_at IS NULL
      """, memoryID
    ) {
      (
        row: try $0.int64(0), version: try $0.int(1), hasOutcome: try $0.bool(2),
        names: NameListVersions(listed: try $0.int64(3), graph: try $0.int64(4))
      )
    }
    // A memory that was deleted meanwhile has no text any more, and nothing to say.
    guard let text else { return }
    if text.names != names {
      guard isPatient || text.names.listed == names.listed else { throw NamesChanged(listed: text.names.listed) }
      tx.database.afterCommit { [book = self.names] in book.note(text.names) }
    }
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
