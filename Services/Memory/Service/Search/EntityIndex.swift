import MemoryEvents
import RuntimeHost

/// The entities of the current texts by name, seen from inside a transaction.
struct EntityIndex {
  /// An entity of a memory.
  struct Entry: Sendable, Hashable {
    /// The name in its canonical form.
    var name: String
    var type: String
    /// The highest of its mentions' confidences.
    var confidence: Double
  }

  /// A longer name (in UTF-8 bytes) is an extractor's mistake, too much for an index, and more than a question may ask.
  static let nameLimit = 1024
  static let typeLimit = 128

  let database: Transaction

  init(in database: Transaction) {
    self.database = database
  }

  /// Puts an outcome of extraction in the place of what was there. An entity is found by its canonical name and by
  /// the words of each of its mentions. One with a name beyond the limit stays in the outcome and is not searched by.
  ///
  /// - Parameter replaces: Whether there may be an outcome for the row.
  func save(_ outcome: MemoryEntityExtracted, row: Int64, replacing replaces: Bool = true, at time: Timestamp) throws {
    let values: [DatabaseValue] = [
      .integer(row), .integer(Int64(outcome.memoryVersion)), .text(outcome.extractor),
      .text(String(decoding: outcome.jsonBytes(), as: UTF8.self)), .integer(time.microsecondsSinceEpoch),
    ]
    let insert = "INSERT INTO memory_extractions (row_id, memory_version, extractor, result, extracted_at)"
    if replaces {
      try database.enqueue(
        """
        \(insert) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (row_id) DO UPDATE SET memory_version = excluded.memory_version, extractor = excluded.extractor,
          result = excluded.result, extracted_at = excluded.extracted_at
        """, values)
    } else {
      try database.insertSoon(insert, row: "(?, ?, ?, ?, ?)", values)
    }
    try index(outcome.entities, row: row, replacing: replaces)
  }

  /// Lets a memory be found by these entities, and by no others.
  ///
  /// - Parameter replaces: Whether it may have been found by others before.
  func index(_ entities: [MemoryEntityExtracted.Entity], row: Int64, replacing replaces: Bool = true) throws {
    if replaces { try database.enqueue("DELETE FROM memory_entities WHERE row_id = ?", row) }
    for (key, entry) in Self.keyed(entities) {
      try database.insertSoon(
        "INSERT INTO memory_entities (key, row_id, type, name, confidence)", row: "(?, ?, ?, ?, ?)",
        [.text(key), .integer(row), .text(entry.type), .text(entry.name), .real(entry.confidence)])
    }
  }

  /// The entities by each key that finds them, every combination once with the highest confidence.
  private static func keyed(_ entities: [MemoryEntityExtracted.Entity]) -> [(key: String, entry: Entry)] {
    // Bytes, not characters: the database takes composed and decomposed forms for two.
    struct Identity: Hashable {
      let key: [UInt8]
      let type: [UInt8]
      let name: [UInt8]
    }
    var entries: [(key: String, entry: Entry)] = []
    var places: [Identity: Int] = [:]
    for entity in entities where entity.name.utf8.count <= nameLimit && entity.type.utf8.count <= typeLimit {
      let key = WordFolding.key(ofName: entity.name)
      let mention = entity.text.map(WordFolding.key(ofName:)) ?? key
      for key in mention == key ? [key] : [key, mention] where 1...nameLimit ~= key.utf8.count {
        let identity = Identity(key: Array(key.utf8), type: Array(entity.type.utf8), name: Array(entity.name.utf8))
        if let place = places[identity] {
          entries[place].entry.confidence = max(entries[place].entry.confidence, entity.confidence)
        } else {
          places[identity] = entries.count
          entries.append((key, Entry(name: entity.name, type: entity.type, confidence: entity.confidence)))
        }
      }
    }
    return entries
  }

  /// What the offline extractor found in a memory's text as it stands.
  func outcome(row: Int64) throws -> MemoryEntityExtracted? {
    try database.first("SELECT result FROM memory_extractions WHERE row_id = ?", row) {
      try MemoryEntityExtracted(parsing: $0.bytes(0))
    }
  }

  /// Takes everything away that extraction has found in a memory's text.
  func remove(row: Int64) throws {
    try database.execute("DELETE FROM memory_entities WHERE row_id = ?", row)
    try database.execute("DELETE FROM memory_extractions WHERE row_id = ?", row)
    try ReadingStore(in: database).remove(row: row)
  }

  /// The condition on `memory_entities` that a key is meant by a name: the same, or the name and further words.
  static let matches = "(key = ? OR (key >= ? AND key < ?))"

  /// The values for ``matches``.
  static func values(for name: String) -> [DatabaseValue] {
    let key = WordFolding.key(ofName: name)
    return [.text(key), .text(key + " "), .text(key + "!")]
  }

  /// The entities of a memory that go by a name.
  func entries(row: Int64, named name: String) throws -> [Entry] {
    try entries(
      "SELECT name, type, max(confidence) FROM memory_entities WHERE row_id = ? AND \(Self.matches)",
      [.integer(row)] + Self.values(for: name))
  }

  /// Every entity of a memory.
  func entries(row: Int64) throws -> [Entry] {
    try entries("SELECT name, type, max(confidence) FROM memory_entities WHERE row_id = ?", [.integer(row)])
  }

  private func entries(_ selection: String, _ values: [DatabaseValue]) throws -> [Entry] {
    try database.query("\(selection) GROUP BY name, type ORDER BY 3 DESC, name, type", values) {
      Entry(name: try $0.string(0), type: try $0.string(1), confidence: try $0.double(2))
    }
  }
}
