import RuntimeHost

/// The entities as one transaction writes them: resolution of names, mentions, counts.
///
/// A name resolves to the entity with the same ``NameKey`` and type. A type that tells nothing (`concept`, `unknown`)
/// agrees with every other: such a mention goes to the oldest entity of the name, and an entity that was first named
/// so takes the first telling type that is found for it. Different telling types are different entities.
struct EntityStore {
  private static let vagueTypes: Set<String> = ["", "concept", "unknown", "other", "thing"]

  private let transaction: Transaction
  private let now: Timestamp
  private let find: Statement
  private let insertEntity: Statement
  private let insertKey: Statement
  private let insertMention: Statement
  private let adjust: Statement

  init(_ transaction: Transaction, now: Timestamp) throws {
    self.transaction = transaction
    self.now = now
    find = try transaction.prepare(
      """
      SELECT e.id, e.name, e.type, k.type FROM entity_keys k JOIN entities e ON e.id = k.entity
      WHERE k.name_key = ? ORDER BY e.id
      """)
    insertEntity = try transaction.prepare(
      """
      INSERT INTO entities (entity_id, name, type, known_from, known_to, mention_count, fact_count)
      VALUES (?, ?, ?, ?, ?, 1, 0) RETURNING id
      """)
    insertKey = try transaction.prepare(
      "INSERT INTO entity_keys (name_key, type, weak_key, entity) VALUES (?, ?, ?, ?)")
    insertMention = try transaction.prepare("INSERT INTO mentions (revision, entity) VALUES (?, ?)")
    adjust = try transaction.prepare(
      """
      UPDATE entities SET mention_count = mention_count + ?, fact_count = fact_count + ?,
        known_to = CASE WHEN mention_count + ? > 0 THEN ? WHEN known_from > ? THEN known_from ELSE ? END
      WHERE id = ?
      """)
  }

  /// The entity that the name stands for, added when the graph has none.
  func resolve(_ name: String, key: NameKey, type: String, change: inout GraphChange) throws -> ResolvedEntity {
    let isVague = Self.vagueTypes.contains(type)
    var candidates: [Candidate] = []
    find.bind(1, key.exact)
    try find.forEach { row in
      candidates.append(
        Candidate(rowID: try row.int64(0), name: try row.string(1), type: try row.string(2), keyType: try row.string(3))
      )
      return true
    }
    let match = candidates.first { isVague || $0.keyType == type }
    if let match {
      try keep(name, of: match)
      return ResolvedEntity(rowID: match.rowID, isNew: false)
    }
    if let untyped = candidates.first(where: { Self.vagueTypes.contains($0.type) }) {
      try transaction.execute("UPDATE entities SET type = ? WHERE id = ?", type, untyped.rowID)
      try register(key, type: type, entity: untyped.rowID)
      try keep(name, of: untyped)
      return ResolvedEntity(rowID: untyped.rowID, isNew: false)
    }
    let entity = try add(name, type: type, change: &change)
    try register(key, type: isVague ? "" : type, entity: entity)
    return ResolvedEntity(rowID: entity, isNew: true)
  }

  func mention(_ entity: Int64, in revision: Int64) throws {
    insertMention.bind(1, revision)
    insertMention.bind(2, entity)
    try insertMention.run()
  }

  /// The rows of the entities that the revision names.
  func mentioned(in revision: Int64) throws -> Set<Int64> {
    Set(try transaction.query("SELECT entity FROM mentions WHERE revision = ?", revision) { try $0.int64(0) })
  }

  /// Adds what changed to the entities' counts. An entity that nothing names any more is known up to now.
  func apply(_ counts: [Int64: GraphChange.Counts]) throws {
    for (entity, change) in counts.sorted(by: { $0.key < $1.key }) where change != GraphChange.Counts() {
      adjust.bind(1, change.mentions)
      adjust.bind(2, change.facts)
      adjust.bind(3, change.mentions)
      adjust.bind(4, Period.openEnd)
      adjust.bind(5, now)
      adjust.bind(6, now)
      adjust.bind(7, entity)
      try adjust.run()
    }
  }

  private struct Candidate {
    let rowID: Int64
    let name: String
    let type: String
    let keyType: String
  }

  private func add(_ name: String, type: String, change: inout GraphChange) throws -> Int64 {
    let id = EventID.make(prefix: "ent_", at: now)
    insertEntity.bind(1, id)
    insertEntity.bind(2, name)
    insertEntity.bind(3, type)
    insertEntity.bind(4, now)
    insertEntity.bind(5, Period.openEnd)
    let row = try insertEntity.insertedRow()
    change.added(entity: id)
    return row
  }

  private func register(_ key: NameKey, type: String, entity: Int64) throws {
    insertKey.bind(1, key.exact)
    insertKey.bind(2, type)
    insertKey.bind(3, key.weak)
    insertKey.bind(4, entity)
    try insertKey.run()
  }

  private func keep(_ name: String, of entity: Candidate) throws {
    // Bytes, not characters: `==` on strings takes composed and decomposed forms for one.
    guard !name.utf8.elementsEqual(entity.name.utf8) else { return }
    try transaction.execute(
      "INSERT INTO entity_names (entity, name) VALUES (?, ?) ON CONFLICT DO NOTHING", entity.rowID, name)
  }
}
