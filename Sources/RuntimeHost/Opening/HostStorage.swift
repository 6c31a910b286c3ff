/// What holds the state of a host's services.
enum HostStorage: Sendable {
  /// The caller's own.
  case given(RuntimeHost.DatabaseOpening)
  /// A SQLite file for each service in a folder.
  case files(DataFolder, SQLiteConfiguration.Synchronous)
  /// One PostgreSQL database, with a schema for each service.
  case postgresql(DatabaseURL, connections: Int)

  /// For the status and for logs.
  var kind: String {
    switch self {
    case .given: "given"
    case .files: "sqlite"
    case .postgresql: "postgresql"
    }
  }

  /// Where all of it is, for people.
  var place: String {
    switch self {
    case .given: "the database"
    case .files(let folder, _): folder.path
    case .postgresql(let url, _): "PostgreSQL at \(url.place)"
    }
  }

  /// Where a service's state is, for people.
  func place(of service: String) -> String {
    switch self {
    case .given: "the database of \(service)"
    case .files(let folder, _): folder.database(of: service)
    case .postgresql(let url, _): "PostgreSQL at \(url.place)"
    }
  }

  /// Opens a service's database and brings its tables up to date.
  ///
  /// - Parameter migrate: What brings them up to date. The database is closed again when it throws.
  /// - Throws: `OpeningFailure`.
  func open(
    _ service: String, migrate: (any Database) async throws -> Void
  ) async throws(OpeningFailure) -> any Database {
    do {
      let database = try await database(of: service)
      do {
        try await migrate(database)
      } catch {
        await database.close()
        throw error
      }
      return database
    } catch let error as DatabaseError {
      guard case .postgresql = self else {
        throw .permanent(HostError(.inputOutput, "\(place(of: service)): \(error.message)"))
      }
      if error.mayPass { throw .temporary(error.message) }
      throw .permanent(HostError(.configuration, "\(place(of: service)): \(error.message)"))
    } catch {
      throw .permanent(HostError(.software, "\(place(of: service)): \(error)"))
    }
  }

  private func database(of service: String) async throws -> any Database {
    switch self {
    case .given(let open): return try await open(service)
    case .files(let folder, let synchronous):
      var configuration = SQLiteConfiguration()
      configuration.synchronous = synchronous
      return try await SQLiteDatabase.open(path: folder.database(of: service), configuration: configuration)
    case .postgresql(let url, let connections):
      var configuration = PostgreSQLConfiguration()
      // One of them writes.
      configuration.readers = max(1, connections - 1)
      configuration.applicationName = "roost \(service)"
      return try await PostgreSQLDatabase.open(url: url.text, schema: service, configuration: configuration)
    }
  }
}
