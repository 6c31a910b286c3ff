import RuntimeHost

/// The tables of the second reading.
///
/// - `model_readings` has a row for each memory whose text as it stands is to be read, or has been: the work that is
///   left, and what became of it. It goes with the text.
/// - `model_answers` keeps what a model said of a text, by the text's hash.
/// - `model_usage` counts the tokens of each day.
enum ModelSchema {
  static let migration = Migration(2, "language model", sqlite: tables)

  private static let tables = """
    CREATE TABLE model_readings (
      row_id BIGINT PRIMARY KEY,
      memory_id TEXT NOT NULL,
      memory_version BIGINT NOT NULL,
      stored_at BIGINT NOT NULL,
      flow TEXT NOT NULL,
      state TEXT NOT NULL,
      due_at BIGINT NOT NULL,
      attempts BIGINT NOT NULL,
      claim BIGINT NOT NULL,
      owner TEXT,
      error TEXT,
      extractor TEXT,
      result TEXT,
      comparison TEXT,
      read_at BIGINT
    );
    CREATE INDEX model_readings_due ON model_readings (due_at, row_id) WHERE state = 'waiting';

    CREATE TABLE model_answers (
      text_hash TEXT NOT NULL,
      extractor TEXT NOT NULL,
      answer TEXT NOT NULL,
      used_at BIGINT NOT NULL,
      PRIMARY KEY (text_hash, extractor)
    );
    CREATE INDEX model_answers_by_use ON model_answers (used_at);

    CREATE TABLE model_usage (
      day BIGINT PRIMARY KEY,
      tokens BIGINT NOT NULL
    )
    """
}
