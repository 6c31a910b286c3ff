import Extraction
import RuntimeHost

/// The names that the knowledge graph has confirmed, seen from inside a transaction.
///
/// Bounded: beyond ``NameLimits/graphNames`` the ones that were confirmed longest ago are left out, and removed by and
/// by.
struct GraphNameStore {
  let database: Transaction
  var limit = NameLimits.graphNames
  var surplus = NameLimits.graphNameSurplus

  init(in database: Transaction) { self.database = database }

  /// Keeps a confirmed entity's name. What could not be looked up is not kept.
  ///
  /// - Returns: Whether the list has changed.
  func confirm(_ entityID: String, name: String, type: String) throws -> Bool {
    guard NameList.types.contains(type), name.utf8.count <= NameLimits.name, NameList.form(of: name) != nil else {
      return try withdraw(entityID)
    }
    let position = try NameListVersions.countGraph(in: database)
    try database.execute(
      """
      INSERT INTO graph_names (entity_id, name, type, position) VALUES (?, ?, ?, ?)
      ON CONFLICT (entity_id) DO UPDATE SET
        name = excluded.name, type = excluded.type, position = excluded.position
      """, entityID, name, type, position)
    if position % Int64(surplus) == 0 { try removeOldest() }
    return true
  }

  /// - Returns: Whether the list has changed.
  func withdraw(_ entityID: String) throws -> Bool {
    guard try database.execute("DELETE FROM graph_names WHERE entity_id = ?", entityID) > 0 else { return false }
    _ = try NameListVersions.countGraph(in: database)
    return true
  }

  /// The names that texts are read with, in an order that follows from the list alone.
  func entries() throws -> [NameList.Entry] {
    try database.query("SELECT name, type FROM graph_names ORDER BY position DESC LIMIT ?", limit) {
      NameList.Entry(name: try $0.string(0), type: try $0.string(1))
    }
  }

  private func removeOldest() throws {
    try database.execute(
      """
      DELETE FROM graph_names WHERE position <=
        (SELECT position FROM graph_names ORDER BY position DESC LIMIT 1 OFFSET ?)
      """, limit)
  }
}
