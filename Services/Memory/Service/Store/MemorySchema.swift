import RuntimeHost

/// The tables of the memory service. Full text is each engine's own: a table of FTS5, vectors of terms in PostgreSQL.
///
/// - `memories` holds each memory's current version; a deleted one stays as a row without content, the tombstone.
///   `row_id` grows in the order in which they were made, so lists are paged by it.
/// - `memory_versions` holds the versions that were superseded, so that a create writes one row and not two.
/// - `memory_words` is fed the terms of ``SearchTokenizer``, and the owners' (see ``WordIndex``).
/// - `memory_extractions` holds the newest outcome of extraction for each memory, `memory_entities` its names.
/// - `idempotency_keys` points at what a key has created; the answer is made again from there.
/// - `search_pages` holds what a search found beyond its first page, so that later pages fit the first.
enum MemorySchema {
  static let migrations = [
    Migration(1, "memories", sqlite: sqlite, postgresql: postgresql), ModelSchema.migration,
    NameSchema.migration,
  ]

  private static let sqlite = """
    CREATE TABLE memories (
      row_id INTEGER PRIMARY KEY,
      memory_id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      content_version INTEGER NOT NULL,
      content TEXT,
      user_id TEXT,
      agent_id TEXT,
      filters TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    );
    CREATE INDEX memories_by_user ON memories (user_id, row_id) WHERE user_id IS NOT NULL AND deleted_at IS NULL;
    CREATE INDEX memories_by_agent ON memories (agent_id, row_id) WHERE agent_id IS NOT NULL AND deleted_at IS NULL;

    CREATE TABLE memory_versions (
      row_id INTEGER NOT NULL,
      version INTEGER NOT NULL,
      content TEXT,
      filters TEXT,
      updated_at INTEGER NOT NULL,
      PRIMARY KEY (row_id, version)
    ) WITHOUT ROWID;

    CREATE VIRTUAL TABLE memory_words USING fts5(scope, words, content = '', tokenize = 'ascii');

    CREATE TABLE memory_extractions (
      row_id INTEGER PRIMARY KEY,
      memory_version INTEGER NOT NULL,
      extractor TEXT NOT NULL,
      result TEXT NOT NULL,
      extracted_at INTEGER NOT NULL
    );
    CREATE TABLE memory_entities (
      key TEXT NOT NULL,
      row_id INTEGER NOT NULL,
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      confidence REAL NOT NULL,
      PRIMARY KEY (key, row_id, type, name)
    ) WITHOUT ROWID;
    CREATE INDEX memory_entities_by_row ON memory_entities (row_id);

    CREATE TABLE idempotency_keys (
      user_id TEXT NOT NULL,
      key TEXT NOT NULL,
      row_id INTEGER NOT NULL,
      correlation_id TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      PRIMARY KEY (user_id, key)
    ) WITHOUT ROWID;
    CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

    CREATE TABLE search_pages (
      search_id TEXT PRIMARY KEY,
      query TEXT NOT NULL,
      hits TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX search_pages_by_expiry ON search_pages (expires_at);
    """
}
