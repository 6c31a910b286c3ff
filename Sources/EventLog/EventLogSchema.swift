import Storage

/// The tables of a log file.
enum EventLogSchema {
  static let component = "event-log"

  /// `events.offset` is the place in the whole log. It never comes again: retention leaves the newest row, and a row id
  /// is one more than the largest.
  static let migrations = [
    Migration(
      1, "log and groups",
      sqlite: """
        CREATE TABLE log_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO log_state VALUES ('membership', 0);

        CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

        CREATE TABLE events (
          offset INTEGER PRIMARY KEY,
          topic_id INTEGER NOT NULL,
          partition INTEGER NOT NULL,
          appended_at INTEGER NOT NULL,
          event_type TEXT,
          event_id TEXT,
          key TEXT,
          headers BLOB,
          value BLOB NOT NULL
        );

        CREATE TABLE instances (id INTEGER PRIMARY KEY AUTOINCREMENT, heartbeat INTEGER NOT NULL);

        CREATE TABLE members (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          instance_id INTEGER NOT NULL,
          group_name TEXT NOT NULL,
          topics TEXT
        );

        CREATE TABLE groups (name TEXT PRIMARY KEY, active_at INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE group_partitions (
          group_name TEXT NOT NULL,
          topic_id INTEGER NOT NULL,
          partition INTEGER NOT NULL,
          next_offset INTEGER NOT NULL DEFAULT 0,
          owner INTEGER,
          epoch INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (group_name, topic_id, partition)
        ) WITHOUT ROWID;
        """)
  ]
}
