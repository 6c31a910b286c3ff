extension PostgreSQLDatabase {
  /// Removes a schema and all that is in it: the end of a test's or a measurement's database. A database that still has
  /// it open can write no more.
  /// - Throws: `DatabaseError`.
  public static func drop(schema: String, url: String) async throws {
    let configuration = PostgreSQLConfiguration()
    let sessions = PostgreSQLSessions(
      address: try PostgreSQLAddress(url: url), schema: schema, configuration: configuration)
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      do {
        try DatabaseThread.start {
          continuation.resume(
            with: Result {
              try sessions.open(.writer, until: .now + configuration.waitLimit)
                .executeScript("DROP SCHEMA \(PostgreSQLConnection.quoted(schema)) CASCADE")
            })
        }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}
