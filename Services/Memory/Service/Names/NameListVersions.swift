import RuntimeHost

/// How often each of the lists has changed: what tells one state of them from another.
struct NameListVersions: Hashable, Sendable {
  /// The entries that people added.
  var listed: Int64 = 0
  /// The names that the knowledge graph has confirmed.
  var graph: Int64 = 0

  /// Reads them in a transaction.
  static func read(in tx: Transaction) throws -> NameListVersions {
    try tx.first("SELECT listed, graph FROM name_list_versions WHERE id = 1") {
      NameListVersions(listed: try $0.int64(0), graph: try $0.int64(1))
    } ?? NameListVersions()
  }

  /// Keeps others from changing a list until the transaction ends. Changes of either are made one after another.
  static func lock(in tx: Transaction) throws {
    try tx.execute("UPDATE name_list_versions SET listed = listed WHERE id = 1")
  }

  /// Counts a change of the entries.
  static func countListed(in tx: Transaction) throws {
    try tx.execute("UPDATE name_list_versions SET listed = listed + 1 WHERE id = 1")
  }

  /// Counts a change of the graph's names.
  ///
  /// - Returns: The change's number.
  static func countGraph(in tx: Transaction) throws -> Int64 {
    try tx.first("UPDATE name_list_versions SET graph = graph + 1 WHERE id = 1 RETURNING graph") {
      try $0.int64(0)
    } ?? 0
  }
}
