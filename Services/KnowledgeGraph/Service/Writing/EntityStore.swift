import RuntimeHost

/// The entities as one transaction writes them: resolution of names, mentions, counts.
///
/// A name resolves to the entity with the same ``NameKey`` and type. A type that tells nothing (`concept`, `unknown`)
/// agrees with every other: such a mention goes to the oldest entity of the name, and an entity that was first named
/// so takes the first telling type that is found for it. Different telling types are different entities.
///
/// What is known of the names is asked for first, for all of them at once, and what is new is written at once in the
/// end: from `resolve` to `finishNew`, a new entity goes by a negative number in place of its row. The counts of all that
/// the transaction takes in are written once, by `writeCounts`.
final class EntityStore {
  private static let vagueTypes: Set<String> = ["", "concept", "unknown", "other", "thing"]

  private struct Candidate {
    var rowID: Int64
    let name: String
    var type: String
    let keyType: String
  }

  private struct NewEntity {
    let id: String
    let name: String
    var type: String
  }

  private let transaction: Transaction
  private let now: Timestamp
  private let pool: StatementPool
  /// What the graph has for each name that was asked for, what this transaction has added included.
  private var candidates: [String: [Candidate]] = [:]
  private var asked: [StatementPool.Use] = []
  private var new: [NewEntity] = []
  private var newKeys: [(key: NameKey, type: String, entity: Int64)] = []
  private var newNames: [(entity: Int64, name: String)] = []
  private var inserts: [StatementPool.Use] = []
  private var counts: [Int64: GraphChange.Counts] = [:]

  init(_ transaction: Transaction, _ pool: StatementPool, now: Timestamp) {
    self.transaction = transaction
    self.pool = pool
    self.now = now
  }

  // MARK: Resolving

  /// Asks for every entity of these names, without waiting for the answer.
  func ask(for keys: Set<String>) throws {
    let keys = keys.filter { candidates[$0] == nil }.sorted()
    for key in keys { candidates[key] = [] }
    for group in RowGroups(keys.count) {
      let find = try pool.take(
        """
        SELECT k.name_key, e.id, e.name, e.type, k.type FROM entity_keys k JOIN entities e ON e.id = k.entity
        WHERE k.name_key IN (\(group.placeholders("?"))) ORDER BY e.id
        """)
      for (index, key) in keys[group.rows].enumerated() { find.statement.bind(index + 1, key) }
      try find.statement.start()
      asked.append(find)
    }
  }

  private func readCandidates() throws {
    for find in asked {
      try pool.finish(find) { row in
        candidates[try row.string(0), default: []].append(
          Candidate(
            rowID: try row.int64(1), name: try row.string(2), type: try row.string(3), keyType: try row.string(4)))
      }
    }
    asked = []
  }

  /// The entity that the name stands for, added when the graph has none. Its key has been asked for.
  ///
  /// - Parameter isSure: Whether the memory confirms it.
  func resolve(
    _ name: String, key: NameKey, type: String, isSure: Bool, change: inout GraphChange
  ) throws -> ResolvedEntity {
    try readCandidates()
    let isVague = Self.vagueTypes.contains(type)
    let known = candidates[key.exact] ?? []
    if let match = known.first(where: { isVague || $0.keyType == type }) {
      keep(name, of: match)
      return ResolvedEntity(rowID: match.rowID, isNew: match.rowID < 0, isSure: isSure)
    }
    if let untyped = known.first(where: { Self.vagueTypes.contains($0.type) }) {
      try tell(type, of: untyped, key: key, change: &change)
      keep(name, of: untyped)
      return ResolvedEntity(rowID: untyped.rowID, isNew: untyped.rowID < 0, isSure: isSure)
    }
    let id = EventID.make(prefix: "ent_", at: now)
    new.append(NewEntity(id: id, name: name, type: type))
    let entity = Candidate(rowID: -Int64(new.count), name: name, type: type, keyType: isVague ? "" : type)
    newKeys.append((key, entity.keyType, entity.rowID))
    candidates[key.exact, default: []].append(entity)
    change.added(entity: id)
    return ResolvedEntity(rowID: entity.rowID, isNew: true, isSure: isSure)
  }

  /// Gives an entity without a telling type its type.
  private func tell(_ type: String, of entity: Candidate, key: NameKey, change: inout GraphChange) throws {
    if entity.rowID < 0 {
      new[Int(-entity.rowID) - 1].type = type
    } else {
      try transaction.enqueue("UPDATE entities SET type = ? WHERE id = ?", type, entity.rowID)
      change.retyped(entity.rowID)
    }
    newKeys.append((key, type, entity.rowID))
    var known = candidates[key.exact] ?? []
    for index in known.indices where known[index].rowID == entity.rowID { known[index].type = type }
    let last = known.lastIndex { $0.rowID == entity.rowID } ?? known.endIndex - 1
    known.insert(Candidate(rowID: entity.rowID, name: entity.name, type: type, keyType: type), at: last + 1)
    candidates[key.exact] = known
  }

  private func keep(_ name: String, of entity: Candidate) {
    // Bytes, not characters: `==` on strings takes composed and decomposed forms for one.
    guard !name.utf8.elementsEqual(entity.name.utf8) else { return }
    newNames.append((entity.rowID, name))
  }

  // MARK: Writing

  /// Adds the new entities, without waiting for their rows.
  ///
  /// - Parameter sure: The numbers of those that the memory confirms.
  func startNew(sure: Set<Int64>) throws {
    for group in RowGroups(new.count) {
      let use = try pool.take(
        """
        INSERT INTO entities (entity_id, name, type, known_from, known_to, mention_count, fact_count, sure_count)
        VALUES \(group.placeholders("(?, ?, ?, ?, ?, 1, 0, ?)")) RETURNING entity_id, id
        """)
      let insert = use.statement
      var column = 0
      for (index, entity) in zip(group.rows, new[group.rows]) {
        insert.bind(column + 1, entity.id)
        insert.bind(column + 2, entity.name)
        insert.bind(column + 3, entity.type)
        insert.bind(column + 4, now)
        insert.bind(column + 5, Period.openEnd)
        insert.bind(column + 6, sure.contains(-Int64(index + 1)) ? 1 : 0)
        column += 6
      }
      try insert.start()
      inserts.append(use)
    }
  }

  /// Takes the rows of the new entities, and writes the names that were found for old and new ones.
  /// - Returns: Each new entity's row by the number that it went by.
  func finishNew() throws -> [Int64: Int64] {
    guard !newKeys.isEmpty || !newNames.isEmpty else { return [:] }
    var rowsByID: [String: Int64] = [:]
    for insert in inserts {
      try pool.finish(insert) { rowsByID[try $0.string(0)] = try $0.int64(1) }
    }
    inserts = []
    var rows: [Int64: Int64] = [:]
    for (index, entity) in new.enumerated() {
      guard let row = rowsByID[entity.id] else { throw DatabaseError(.other, "a new entity has no row") }
      rows[-Int64(index + 1)] = row
    }
    new = []
    for group in RowGroups(newKeys.count) {
      try transaction.enqueue(
        "INSERT INTO entity_keys (name_key, type, weak_key, entity) VALUES \(group.placeholders("(?, ?, ?, ?)"))",
        newKeys[group.rows].flatMap { key, type, entity -> [DatabaseValue] in
          [.text(key.exact), .text(type), .text(key.weak), .integer(rows[entity] ?? entity)]
        })
    }
    for (entity, name) in newNames {
      try transaction.enqueue(
        "INSERT INTO entity_names (entity, name) VALUES (?, ?) ON CONFLICT DO NOTHING", rows[entity] ?? entity, name)
    }
    for (key, _, _) in newKeys {
      candidates[key.exact] = candidates[key.exact]?.map { candidate in
        var candidate = candidate
        candidate.rowID = rows[candidate.rowID] ?? candidate.rowID
        return candidate
      }
    }
    newKeys = []
    newNames = []
    return rows
  }

  func mention(_ entities: [ResolvedEntity], in revision: Int64) throws {
    for entity in entities {
      try transaction.insertSoon(
        "INSERT INTO mentions (revision, entity, is_sure)", row: "(?, ?, ?)",
        [.integer(revision), .integer(entity.rowID), .integer(entity.isSure ? 1 : 0)])
    }
  }

  /// The rows of the entities that the revision names, and whether it confirms each.
  func mentioned(in revision: Int64) throws -> [Int64: Bool] {
    try transaction.insertWaitingRows()
    let rows = try transaction.query("SELECT entity, is_sure FROM mentions WHERE revision = ?", revision) {
      (try $0.int64(0), try $0.bool(1))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Notes what changed in the entities' counts.
  func add(_ changes: [Int64: GraphChange.Counts]) {
    for (entity, change) in changes where change != GraphChange.Counts() {
      counts[entity, default: GraphChange.Counts()].mentions += change.mentions
      counts[entity, default: GraphChange.Counts()].facts += change.facts
      counts[entity, default: GraphChange.Counts()].sure += change.sure
    }
  }

  /// Writes the counts that have changed. An entity that nothing names any more is known up to now.
  func writeCounts() throws {
    let now = now.microsecondsSinceEpoch
    for (entity, change) in counts.sorted(by: { $0.key < $1.key }) {
      try transaction.enqueue(
        """
        UPDATE entities SET mention_count = mention_count + ?, fact_count = fact_count + ?, sure_count = sure_count + ?,
          known_to = CASE WHEN mention_count + ? > 0 THEN ? WHEN known_from > ? THEN known_from ELSE ? END
        WHERE id = ?
        """, change.mentions, change.facts, change.sure, change.mentions, Period.openEnd.microsecondsSinceEpoch, now,
        now, entity)
    }
    counts = [:]
  }
}
