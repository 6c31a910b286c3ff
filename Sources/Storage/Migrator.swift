/// Applies the migrations of one component inside a transaction that excludes every other writer.
struct Migrator: Sendable {
  let component: String
  let migrations: [Migration]

  /// - Throws: `DatabaseError`, after which the transaction must be rolled back.
  func run(in tx: Transaction) throws {
    try checkOrder()
    try tx.executeScript(
      """
      CREATE TABLE IF NOT EXISTS schema_migrations (
        component TEXT NOT NULL,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        PRIMARY KEY (component, number)
      )
      """)
    let applied = try appliedChecksums(in: tx)
    let known = migrations.last?.number ?? 0
    if let found = applied.keys.max(), found > known {
      throw DatabaseError(
        .newerSchema(found: found, known: known),
        "the database's \(component) schema is at \(found), newer than this program's \(known)")
    }
    for migration in migrations {
      let checksum = migration.checksum(for: tx.dialect)
      if let recorded = applied[migration.number] {
        guard recorded == checksum else {
          throw DatabaseError(
            .changedMigration(number: migration.number),
            "\(component) migration \(migration.number) (\(migration.name)) was applied with other statements")
        }
      } else {
        try apply(migration, checksum: checksum, in: tx)
      }
    }
  }

  private func checkOrder() throws {
    for (earlier, later) in zip(migrations, migrations.dropFirst()) where earlier.number >= later.number {
      throw DatabaseError(
        .syntax, "\(component) migration \(later.number) comes after \(earlier.number): numbers must ascend")
    }
  }

  private func appliedChecksums(in tx: Transaction) throws -> [Int: String] {
    let rows = try tx.query("SELECT number, checksum FROM schema_migrations WHERE component = ?", component) {
      (try $0.int(0), try $0.string(1))
    }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  private func apply(_ migration: Migration, checksum: String, in tx: Transaction) throws {
    do {
      try tx.executeScript(migration.sql(for: tx.dialect))
    } catch {
      var failure = error
      failure.message = "\(component) migration \(migration.number) (\(migration.name)): \(error.message)"
      throw failure
    }
    try tx.execute(
      "INSERT INTO schema_migrations (component, number, name, checksum) VALUES (?, ?, ?, ?)",
      component, migration.number, migration.name, checksum)
  }
}
