import RuntimeHost

/// The tables of the event monitor. Times are microseconds since 1970-01-01T00:00:00Z.
enum AnalyticsSchema {
  static let all = [
    Migration(
      1, "counts, flows and alerts",
      sqlite: """
        CREATE TABLE event_counts (
          event_type TEXT NOT NULL,
          minute INTEGER NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (event_type, minute)
        ) WITHOUT ROWID;

        -- What was counted in minutes that are no longer kept one by one.
        CREATE TABLE event_totals (
          event_type TEXT PRIMARY KEY,
          count INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE flows (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          correlation_id TEXT NOT NULL UNIQUE,
          status TEXT NOT NULL,
          first_type TEXT NOT NULL,
          final_type TEXT NOT NULL,
          started_at INTEGER NOT NULL,
          stretch_started_at INTEGER NOT NULL,
          ended_at INTEGER NOT NULL,
          seen_at INTEGER NOT NULL,
          event_count INTEGER NOT NULL,
          slow_at INTEGER
        );
        CREATE INDEX flows_open ON flows (seen_at) WHERE status = 'open';
        CREATE INDEX flows_slow ON flows (slow_at) WHERE slow_at IS NOT NULL;

        -- Envelopes without their payloads, in the order of their arrival.
        CREATE TABLE flow_events (
          flow_id INTEGER NOT NULL,
          position INTEGER NOT NULL,
          envelope BLOB NOT NULL,
          PRIMARY KEY (flow_id, position)
        ) WITHOUT ROWID;

        CREATE TABLE open_breakers (
          service_name TEXT PRIMARY KEY,
          failure_count INTEGER,
          opened_at INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE dead_deliveries (
          failed_delivery_id TEXT PRIMARY KEY,
          handler TEXT NOT NULL,
          error TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE alerts (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          alert_id TEXT NOT NULL UNIQUE,
          alert_type TEXT NOT NULL,
          subject TEXT NOT NULL,
          severity TEXT NOT NULL,
          details TEXT NOT NULL,
          opened_at INTEGER NOT NULL,
          held_at INTEGER NOT NULL,
          announced_at INTEGER NOT NULL,
          announcements INTEGER NOT NULL,
          resolved_at INTEGER
        );
        CREATE UNIQUE INDEX alerts_open ON alerts (alert_type, subject) WHERE resolved_at IS NULL;

        CREATE TABLE alert_notifications (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          notification_id TEXT NOT NULL UNIQUE,
          body TEXT NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          created_at INTEGER NOT NULL,
          due_at INTEGER NOT NULL
        );
        """)
  ]
}
