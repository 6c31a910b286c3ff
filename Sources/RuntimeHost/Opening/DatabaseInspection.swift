/// A look at a PostgreSQL database and the services' schemas in it. Changes no table.
public struct DatabaseInspection: Sendable {
  /// The server's own words, such as `15.18`.
  public let version: String
  /// Where it is, without user and password.
  public let place: String
  /// For each service that has tables there, the number of the last migration of each component.
  public let migrations: [String: [String: Int]]

  /// - Parameter services: Whose schemas are looked at.
  /// - Throws: `DatabaseError`, whose message names no secret.
  public static func of(_ url: DatabaseURL, services: [String]) async throws -> DatabaseInspection {
    var configuration = PostgreSQLConfiguration()
    configuration.applicationName = "roost doctor"
    configuration.readers = 1
    // A schema that every database has, so that none is made.
    let database = try await PostgreSQLDatabase.open(url: url.text, schema: "public", configuration: configuration)
    do {
      let inspection = try await database.read { tx in
        DatabaseInspection(
          version: try tx.first("SELECT current_setting('server_version')") { try $0.string(0) } ?? "?",
          place: url.place, migrations: try migrations(of: services, in: tx))
      }
      await database.close()
      return inspection
    } catch {
      await database.close()
      throw error
    }
  }

  private static func migrations(of services: [String], in tx: Transaction) throws -> [String: [String: Int]] {
    var found: [String: [String: Int]] = [:]
    for service in services {
      let isThere = try tx.first(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = 'schema_migrations'", service,
        map: { try $0.int(0) })
      guard isThere != nil else { continue }
      // A service's name is made of letters, digits and underscores.
      let rows = try tx.query("SELECT component, max(number) FROM \"\(service)\".schema_migrations GROUP BY component")
      {
        (try $0.string(0), try $0.int(1))
      }
      found[service] = Dictionary(rows) { first, _ in first }
    }
    return found
  }
}
