import RuntimeHost

/// The tables of the agent service. Times are microseconds since 1970-01-01T00:00:00Z.
///
/// An execution's idempotency key lies with it: both are there or neither is, and as long.
enum AgentSchema {
  static let all = [
    Migration(
      1, "agents and executions",
      sqlite: """
        CREATE TABLE agents (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          agent_id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          capabilities TEXT NOT NULL,
          user_id TEXT,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL
        );

        CREATE TABLE executions (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          execution_id TEXT NOT NULL UNIQUE,
          agent_id TEXT NOT NULL,
          capability_id TEXT NOT NULL,
          state TEXT NOT NULL,
          input TEXT,
          result TEXT,
          error TEXT,
          error_kind TEXT,
          duration_ms INTEGER,
          correlation_id TEXT NOT NULL,
          idempotency_key TEXT,
          started_at INTEGER NOT NULL,
          ended_at INTEGER,
          UNIQUE (agent_id, idempotency_key)
        );
        CREATE INDEX executions_of_agent ON executions (agent_id, id);
        CREATE INDEX executions_of_capability ON executions (capability_id, id);
        CREATE INDEX executions_by_end ON executions (ended_at) WHERE ended_at IS NOT NULL;
        """)
  ]
}
