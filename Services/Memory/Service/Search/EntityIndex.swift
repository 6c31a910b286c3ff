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
  func save(_ outcome: MemoryEntityExtracted, row: Int64, at time: Timestamp) throws {
    let hasEarlier =
      try database.first("SELECT 1 FROM memory_extractions WHERE row_id = ?", row, map: { _ in true }) ?? false
    try database.execute(
      """
      INSERT INTO memory_extractions (row_id, memory_version, extractor, result, extracted_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (row_id) DO UPDATE SET memory_version = excluded.memory_version, extractor = excluded.extractor,
        result = excluded.result, extracted_at = excluded.extracted_at
      """, row, outcome.memoryVersion, outcome.extractor, String(decoding: outcome.jsonBytes(), as: UTF8.self),
      time.microsecondsSinceEpoch)
    try index(outcome.entities, row: row, replacing: hasEarlier)
  }

  /// Lets a memory be found by these entities, and by no others.
  ///
  /// - Parameter replaces: Whether it may have been found by others before.
  func index(_ entities: [MemoryEntityExtracted.Entity], row: Int64, replacing replaces: Bool = true) throws {
    if replaces { try database.execute("DELETE FROM memory_entities WHERE row_id = ?", row) }
    guard !entities.isEmpty else { return }
    let insert = try database.prepare(
      """
      INSERT INTO memory_entities (key, row_id, type, name, confidence) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (key, row_id, type, name) DO UPDATE SET confidence = excluded.confidence
        WHERE excluded.confidence > memory_entities.confidence
      """)
    for entity in entities
    where entity.name.utf8.count <= Self.nameLimit && entity.type.utf8.count <= Self.typeLimit {
      let key = WordFolding.key(ofName: entity.name)
      let mention = entity.text.map(WordFolding.key(ofName:)) ?? key
      for key in mention == key ? [key] : [key, mention] where 1...Self.nameLimit ~= key.utf8.count {
        insert.bind(1, key)
        insert.bind(2, row)
        insert.bind(3, entity.type)
        insert.bind(4, entity.name)
        insert.bind(5, entity.confidence)
        try insert.run()
      }
    }
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
