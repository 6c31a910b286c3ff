import Extraction
import RuntimeHost

/// The entries that people added, seen from inside a transaction.
struct ListedNameStore {
  let database: Transaction

  init(in database: Transaction) { self.database = database }

  private static let columns = "row_id, name_id, name, type, aliases, created_at"

  func name(_ id: String) throws -> ListedName? {
    try database.first("SELECT \(Self.columns) FROM listed_names WHERE name_id = ?", id, map: Self.name)
  }

  /// The entry that a name or an alias is of.
  func name(form: String) throws -> ListedName? {
    try database.first(
      """
      SELECT \(Self.columns) FROM listed_names
      WHERE row_id = (SELECT row_id FROM listed_name_forms WHERE form = ?)
      """, form, map: Self.name)
  }

  /// Entries from the newest to the oldest.
  func list(before: Int64?, limit: Int) throws -> [ListedName] {
    try database.query(
      "SELECT \(Self.columns) FROM listed_names WHERE row_id < ? ORDER BY row_id DESC LIMIT ?", before ?? .max, limit,
      map: Self.name)
  }

  func entries() throws -> [NameList.Entry] {
    try database.query("SELECT \(Self.columns) FROM listed_names ORDER BY row_id") { try Self.name($0).entry }
  }

  func count() throws -> Int {
    try database.first("SELECT count(*) FROM listed_names") { try $0.int(0) } ?? 0
  }

  func add(_ draft: NameDraft, id: String, at time: Timestamp) throws -> ListedName {
    let added = try database.first(
      """
      INSERT INTO listed_names (name_id, name, type, aliases, created_at) VALUES (?, ?, ?, ?, ?)
      RETURNING \(Self.columns)
      """, id, draft.name, draft.type, JSONValue.array(draft.aliases.map { .string($0) }).text,
      time.microsecondsSinceEpoch, map: Self.name)
    guard let added else { throw DatabaseError(.other, "a new name has no row") }
    for form in draft.forms.sorted() {
      try database.execute("INSERT INTO listed_name_forms (form, row_id) VALUES (?, ?)", form, added.rowID)
    }
    return added
  }

  /// - Returns: Whether there was one.
  func remove(_ id: String) throws -> Bool {
    let row = try database.first("DELETE FROM listed_names WHERE name_id = ? RETURNING row_id", id) { try $0.int64(0) }
    guard let row else { return false }
    try database.execute("DELETE FROM listed_name_forms WHERE row_id = ?", row)
    return true
  }

  // MARK: Requests

  /// What an idempotency key has added, and as what.
  func request(_ key: String, at time: Timestamp) throws -> (nameID: String, entry: String)? {
    try database.first(
      "SELECT name_id, entry FROM listed_name_requests WHERE key = ? AND expires_at > ?", key,
      time.microsecondsSinceEpoch
    ) { (try $0.string(0), try $0.string(1)) }
  }

  func save(request key: String, nameID: String, entry: String, at time: Timestamp) throws {
    try database.execute(
      """
      INSERT INTO listed_name_requests (key, name_id, entry, expires_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET
        name_id = excluded.name_id, entry = excluded.entry, expires_at = excluded.expires_at
      """, key, nameID, entry, (time + IdempotencyKey.retention).microsecondsSinceEpoch)
  }

  /// Forgets requests whose time is over.
  ///
  /// - Returns: How many; less than the limit when none is left.
  func removeExpired(at time: Timestamp, limit: Int) throws -> Int {
    try database.execute(
      """
      DELETE FROM listed_name_requests WHERE key IN
        (SELECT key FROM listed_name_requests WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
      """, time.microsecondsSinceEpoch, limit)
  }

  private static func name(_ row: Row) throws -> ListedName {
    let aliases = try JSONValue(parsing: row.bytes(4)).arrayValue ?? []
    return ListedName(
      rowID: try row.int64(0), id: try row.string(1), name: try row.string(2), type: try row.string(3),
      aliases: aliases.compactMap(\.stringValue), createdAt: Timestamp(microsecondsSinceEpoch: try row.int64(5)))
  }
}
