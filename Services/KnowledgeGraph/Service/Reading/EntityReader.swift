import RuntimeHost

/// Reads entities, with the ways in which their names were written.
struct EntityReader {
  private let transaction: Transaction

  init(_ transaction: Transaction) { self.transaction = transaction }

  func entity(_ entityID: String) throws -> Entity? {
    let entity = try transaction.first(
      "SELECT \(Self.columns) FROM entities e WHERE e.entity_id = ?", entityID, map: Self.entity)
    guard let entity else { return nil }
    return try withAliases([entity]).first
  }

  /// The entities of the rows, in their order, without aliases.
  func entities(_ rowIDs: [Int64]) throws -> [Entity] {
    var found: [Int64: Entity] = [:]
    try RowIDChunks(rowIDs).forEach { chunk in
      try transaction.forEach(Self.byRows, chunk) { row in
        let entity = try Self.entity(row)
        found[entity.rowID] = entity
        return true
      }
      return true
    }
    return rowIDs.compactMap { found[$0] }
  }

  /// The entities that memories name now, those with the most facts first.
  ///
  /// - Parameters:
  ///   - key: Only those with a name of this key, diacritics aside.
  ///   - position: Where the page before ended.
  func page(key: NameKey?, type: String?, after position: EntityPosition?, limit: Int) throws -> [Entity] {
    var conditions = ["e.mention_count > 0"]
    var values: [DatabaseValue] = []
    if let key {
      conditions.append("e.id IN (SELECT entity FROM entity_keys WHERE weak_key = ?)")
      values.append(.text(key.weak))
    }
    if let type {
      conditions.append("e.type = ?")
      values.append(.text(type))
    }
    if let position {
      conditions.append("e.fact_count <= ? AND (e.fact_count < ? OR e.entity_id > ?)")
      let count = DatabaseValue.integer(Int64(position.factCount))
      values += [count, count, .text(position.entityID)]
    }
    values.append(.integer(Int64(limit)))
    let entities = try transaction.query(
      """
      SELECT \(Self.columns) FROM entities e WHERE \(conditions.joined(separator: " AND "))
      ORDER BY e.fact_count DESC, e.entity_id LIMIT ?
      """, values, map: Self.entity)
    return try withAliases(entities)
  }

  private static let columns = "e.id, e.entity_id, e.name, e.type, e.fact_count, e.known_from, e.known_to"

  private static let byRows = "SELECT \(columns) FROM entities e WHERE e.id IN (\(RowIDChunks.placeholders))"

  private static let namesByRows =
    "SELECT entity, name FROM entity_names WHERE entity IN (\(RowIDChunks.placeholders)) ORDER BY entity, name"

  private static func entity(_ row: Row) throws -> Entity {
    Entity(
      rowID: try row.int64(0), entityID: try row.string(1), name: try row.string(2), type: try row.string(3),
      factCount: try row.int(4), known: try row.period(5, 6))
  }

  private func withAliases(_ entities: [Entity]) throws -> [Entity] {
    var names: [Int64: [String]] = [:]
    try RowIDChunks(entities.map(\.rowID)).forEach { chunk in
      try transaction.forEach(Self.namesByRows, chunk) { row in
        names[try row.int64(0), default: []].append(try row.string(1))
        return true
      }
      return true
    }
    return entities.map { entity in
      var entity = entity
      entity.aliases = names[entity.rowID] ?? []
      return entity
    }
  }
}
