import RuntimeHost

/// The graph's tables.
///
/// Nothing is deleted from them: a fact that is no longer believed and a source that no longer holds get an end to
/// their time instead. Times are microseconds since 1970; an open end is the smallest or greatest 64-bit integer, so
/// that every comparison is one of numbers. Inside, rows refer to each other by integer ids; the text ids are for
/// callers and events.
enum GraphMigrations {
  static let all = [
    Migration(
      1, "graph", sqlite: tables(rowID: "INTEGER PRIMARY KEY", text: "TEXT", clustered: " WITHOUT ROWID"),
      postgresql: tables(
        rowID: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", text: "TEXT COLLATE \"C\"", clustered: "")),
    // Of what several extractors say of one version, that of the highest precedence is in force.
    Migration(2, "precedence", sqlite: "ALTER TABLE revisions ADD COLUMN precedence BIGINT NOT NULL DEFAULT 0"),
    // What was told before is confirmed by nobody until it is told again.
    Migration(
      3, "standing",
      sqlite: """
        ALTER TABLE mentions ADD COLUMN is_sure BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE entities ADD COLUMN sure_count BIGINT NOT NULL DEFAULT 0
        """),
  ]

  // Text is compared byte by byte, as SQLite does unasked, so that pages and lists are the same on both engines.
  //
  // `mention_count` and `fact_count` count what holds now: how many memories name the entity, how many believed facts
  // touch it. `entity_keys.type` is empty for an entity that was first named without a telling type. A row of
  // `revisions` is what the graph was told of a memory; the last one is in force.
  private static func tables(rowID: String, text: String, clustered: String) -> String {
    """
    CREATE TABLE entities (
      id \(rowID),
      entity_id \(text) NOT NULL UNIQUE,
      name \(text) NOT NULL,
      type \(text) NOT NULL,
      known_from BIGINT NOT NULL,
      known_to BIGINT NOT NULL,
      mention_count BIGINT NOT NULL,
      fact_count BIGINT NOT NULL
    );
    CREATE INDEX entities_by_fact_count ON entities (fact_count DESC, entity_id) WHERE mention_count > 0;
    CREATE TABLE entity_keys (
      name_key \(text) NOT NULL,
      type \(text) NOT NULL,
      weak_key \(text) NOT NULL,
      entity BIGINT NOT NULL,
      PRIMARY KEY (name_key, type)
    )\(clustered);
    CREATE INDEX entity_keys_by_weak_key ON entity_keys (weak_key, entity);
    CREATE TABLE entity_names (
      entity BIGINT NOT NULL,
      name \(text) NOT NULL,
      PRIMARY KEY (entity, name)
    )\(clustered);
    CREATE TABLE revisions (
      id \(rowID),
      memory_id \(text) NOT NULL,
      memory_version BIGINT NOT NULL,
      is_deletion BIGINT NOT NULL,
      event_id \(text) NOT NULL,
      extractor TEXT
    );
    CREATE INDEX revisions_by_memory ON revisions (memory_id, id);
    CREATE TABLE mentions (
      revision BIGINT NOT NULL,
      entity BIGINT NOT NULL,
      PRIMARY KEY (revision, entity)
    )\(clustered);
    CREATE TABLE facts (
      id \(rowID),
      fact_id \(text) NOT NULL UNIQUE,
      source BIGINT NOT NULL,
      target BIGINT NOT NULL,
      type \(text) NOT NULL,
      stated_from BIGINT NOT NULL,
      valid_from BIGINT NOT NULL,
      valid_to BIGINT NOT NULL,
      known_from BIGINT NOT NULL,
      known_to BIGINT NOT NULL,
      changed_at BIGINT NOT NULL,
      confidence DOUBLE PRECISION NOT NULL
    );
    CREATE UNIQUE INDEX facts_by_statement ON facts (source, target, type, stated_from, valid_to, known_to);
    CREATE INDEX facts_by_target ON facts (target);
    CREATE TABLE fact_sources (
      id \(rowID),
      fact BIGINT NOT NULL,
      revision BIGINT NOT NULL,
      span_start BIGINT,
      span_end BIGINT,
      quote TEXT,
      confidence DOUBLE PRECISION NOT NULL,
      valid_from BIGINT NOT NULL,
      recorded_at BIGINT NOT NULL,
      withdrawn_at BIGINT NOT NULL
    );
    CREATE INDEX fact_sources_by_fact ON fact_sources (fact, id);
    CREATE INDEX fact_sources_by_revision ON fact_sources (revision)
    """
  }
}
