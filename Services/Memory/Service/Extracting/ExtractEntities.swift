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
          let memoryIDs = Set(readings.map(\.outcome.memoryID)).sorted()
          let texts = try Self.texts(of: memoryIDs, in: tx.database)
          for reading in readings {
            // A memory that was deleted meanwhile has no text any more, and nothing to say.
            guard let text = texts[reading.outcome.memoryID] else { continue }
            try check(text.names, against: edition.versions, isPatient: count == Self.readings, in: tx)
            try save(reading, text, in: tx)
          }
        }
      } catch let change as NamesChanged {
        names.note(change)
      }
    }
  }

  /// The text of a memory as it stands.
  private struct Text {
    let row: Int64
    let version: Int
    let hasOutcome: Bool
    /// The lists as they stand.
    let names: NameListVersions
  }

  /// The texts of the memories that are there, by memory id.
  private static func texts(of memoryIDs: [String], in tx: Transaction) throws -> [String: Text] {
    var texts: [String: Text] = [:]
    for group in RowGroups(memoryIDs.count) {
      try tx.forEach(
        """
        SELECT m.memory_id, m.row_id, m.content_version, x.row_id IS NOT NULL, v.listed, v.graph FROM memories m
        JOIN name_list_versions v ON v.id = 1
        LEFT JOIN memory_extractions x ON x.row_id = m.row_id
        WHERE m.memory_id IN (\(group.placeholders("?"))) AND m.deleted_at IS NULL
        """, memoryIDs[group.rows].map(DatabaseValue.text)
      ) { row in
        texts[try row.string(0)] = Text(
          row: try row.int64(1), version: try row.int(2), hasOutcome: try row.bool(3),
          names: NameListVersions(listed: try row.int64(4), graph: try row.int64(5)))
        return true
      }
    }
    return texts
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
  ///   - known: The lists that the text was read with.
  ///   - isPatient: Whether what was read is stored although people have changed theirs since.
  /// - Throws: `NamesChanged`.
  private func check(
    _ names: NameListVersions, against known: NameListVersions, isPatient: Bool, in tx: ServiceTransaction
  ) throws {
    guard names != known else { return }
    guard isPatient || names.listed == known.listed else { throw NamesChanged(listed: names.listed) }
    tx.database.afterCommit { [book = self.names] in book.note(names) }
  }

  private func save(_ reading: Reading, _ text: Text, in tx: ServiceTransaction) throws {
    if text.version == reading.version {
      try EntityIndex(in: tx.database).save(
        reading.outcome, row: text.row, replacing: text.hasOutcome, at: tx.now)
      if let secondReading {
        try ReadingStore(in: tx.database).add(
          row: text.row, memoryID: reading.outcome.memoryID, version: reading.version, storedAt: reading.storedAt,
          flow: EventMetadata(causedBy: reading.event), at: tx.now)
        tx.database.afterCommit { secondReading.send() }
      }
    }
    try tx.publish(reading.outcome, causedBy: reading.event)
  }
}
