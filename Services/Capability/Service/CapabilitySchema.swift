import RuntimeHost

/// The tables of the capability service. Times are microseconds since 1970-01-01T00:00:00Z.
///
/// - `capability_calls` holds the newest calls of each capability, for its health, and to know a call again whose
///   event comes twice.
/// - `implementations` holds the changes that evolution asked for and that are in force.
enum CapabilitySchema {
  static let all = [
    Migration(
      1, "capabilities and their calls",
      sqlite: """
        CREATE TABLE capabilities (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          capability_id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL UNIQUE,
          description TEXT NOT NULL,
          builtin TEXT,
          url TEXT,
          method TEXT,
          headers TEXT,
          timeout_ms INTEGER NOT NULL,
          failure_threshold INTEGER NOT NULL,
          reset_timeout_ms INTEGER NOT NULL,
          version INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL
        );

        CREATE TABLE capability_calls (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          execution_id TEXT NOT NULL UNIQUE,
          capability_id TEXT NOT NULL,
          ended_at INTEGER NOT NULL,
          duration_ms INTEGER NOT NULL,
          error_kind TEXT
        );
        CREATE INDEX capability_calls_of_capability ON capability_calls (capability_id, id);

        CREATE TABLE implementations (
          implementation_id TEXT PRIMARY KEY,
          capability_id TEXT NOT NULL,
          applied_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        """)
  ]
}
