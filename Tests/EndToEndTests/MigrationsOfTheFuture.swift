import Foundation
import Storage

/// Makes a database look as though a newer version of Roost had used it.
enum MigrationsOfTheFuture {
  /// - Parameter component: Whose schema has moved on.
  static func add(to database: URL, component: String) async throws {
    let opened = try await SQLiteDatabase.open(path: database.path)
    try await opened.write { tx in
      try tx.execute(
        "INSERT INTO schema_migrations (component, number, name, checksum) VALUES (?, 999, 'of the future', '')",
        component)
    }
    await opened.close()
  }
}
