import RuntimeHost

/// The tables of evolution. Times are microseconds since 1970-01-01T00:00:00Z.
enum EvolutionSchema {
  static let all = [
    Migration(
      1, "calls, patterns and proposals",
      sqlite: """
        CREATE TABLE capability_limits (
          capability_id TEXT PRIMARY KEY,
          timeout_ms INTEGER NOT NULL,
          failure_threshold INTEGER NOT NULL,
          reset_timeout_ms INTEGER NOT NULL,
          -- Calls before this are not looked at: they were made under other limits, or belong to a pattern already.
          judged_from INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;

        CREATE TABLE calls (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          capability_id TEXT NOT NULL,
          execution_id TEXT NOT NULL UNIQUE,
          at INTEGER NOT NULL,
          duration_ms INTEGER NOT NULL,
          error_kind TEXT
        );
        CREATE INDEX calls_of_capability ON calls (capability_id, at);

        CREATE TABLE patterns (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          pattern_id TEXT NOT NULL UNIQUE,
          capability_id TEXT NOT NULL,
          confidence REAL NOT NULL,
          data_points TEXT NOT NULL,
          detected_at INTEGER NOT NULL
        );

        CREATE TABLE proposals (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          proposal_id TEXT NOT NULL UNIQUE,
          pattern_id TEXT NOT NULL,
          capability_id TEXT NOT NULL,
          proposal_type TEXT NOT NULL,
          description TEXT NOT NULL,
          changes TEXT NOT NULL,
          status TEXT NOT NULL,
          score REAL NOT NULL,
          evidence TEXT NOT NULL,
          implementation_id TEXT UNIQUE,
          decided_by TEXT,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX proposals_undecided ON proposals (capability_id)
          WHERE status IN ('validated', 'implementing');
        """)
  ]
}
