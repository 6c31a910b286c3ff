import Foundation
import Storage
import Testing

/// What a server does not let in: one clear line, which keeps the password to itself.
@Suite("Connections that PostgreSQL refuses", .timeLimit(.minutes(5)))
struct RefusedConnectionTests {
  private func refusal(of url: String, schema: String = "any") async throws -> DatabaseError {
    var configuration = PostgreSQLConfiguration()
    configuration.waitLimit = .milliseconds(100)
    configuration.connectLimit = .seconds(10)
    do {
      let database = try await PostgreSQLDatabase.open(url: url, schema: schema, configuration: configuration)
      await database.close()
    } catch let error as DatabaseError {
      return error
    }
    throw LoopbackListener.Failure(message: "the server let the connection in")
  }

  @Test("a wrong password is told in one line, even when the server repeats it")
  func password() async throws {
    let server = try RefusingServer(
      state: "28P01", message: "password authentication failed for user \"ana\" with hunter22")
    let error = try await refusal(of: server.url(user: "ana", password: "hunter22"))
    #expect(error.kind == .cannotOpen)
    #expect(error.description.contains("password authentication failed for user \"ana\""), "\(error)")
    #expect(!error.description.contains("hunter22") && !error.description.contains("\n"), "\(error)")
  }

  @Test("a server that is starting up or full may let in later, and the kind of the error says so")
  func passing() async throws {
    for (state, message, kind) in [
      ("57P03", "the database system is starting up", DatabaseError.Kind.connectionLost),
      ("53300", "sorry, too many clients already", .busy),
    ] {
      let server = try RefusingServer(state: state, message: message)
      let error = try await refusal(of: server.url(user: "ana", password: "hunter22"))
      #expect(error.kind == kind, "\(error)")
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test("a host that does not exist is named")
  func host() async throws {
    let error = try await refusal(of: "postgresql://ana:hunter22@nowhere.invalid/roost")
    #expect(error.description.contains("nowhere.invalid"), "\(error)")
    #expect(!error.description.contains("hunter22") && !error.description.contains("\n"), "\(error)")
  }

  @Test(
    "a database that does not exist is named",
    .enabled(if: Engine.postgresqlURL != nil, "ROOST_TEST_POSTGRES_URL is not set"))
  func database() async throws {
    var url = try #require(URLComponents(string: Engine.postgresqlURL ?? ""))
    url.path = "/no_such_database"
    url.password = "hunter22"
    let error = try await refusal(of: url.string ?? "")
    #expect(error.kind == .cannotOpen)
    #expect(error.description.contains("\"no_such_database\" does not exist"), "\(error)")
    #expect(!error.description.contains("hunter22") && !error.description.contains("\n"), "\(error)")
  }

  @Test(
    "who finds no free connection waits for one, and in the end is told that there are too many",
    .enabled(if: Engine.postgresqlURL != nil, "ROOST_TEST_POSTGRES_URL is not set"))
  func tooMany() async throws {
    try await TestStore.with(.postgresql(url: Engine.postgresqlURL ?? "")) { store, admin in
      let role = "\(store.schema)_single"
      try await admin.write { [schema = store.schema] tx in
        try tx.executeScript(
          """
          CREATE ROLE \(role) LOGIN CONNECTION LIMIT 1;
          GRANT ALL ON SCHEMA \(schema) TO \(role); GRANT ALL ON ALL TABLES IN SCHEMA \(schema) TO \(role)
          """)
      }
      var url = try #require(URLComponents(string: Engine.postgresqlURL ?? ""))
      url.user = role
      let address = url.string ?? ""
      var configuration = PostgreSQLConfiguration()
      configuration.waitLimit = .seconds(60)
      let first = try await PostgreSQLDatabase.open(url: address, schema: store.schema, configuration: configuration)
      let error = try await refusal(of: address, schema: store.schema)
      #expect(error.kind == .busy)
      #expect(error.description.contains("too many connections for role"), "\(error)")
      async let second = PostgreSQLDatabase.open(url: address, schema: store.schema, configuration: configuration)
      await first.close()
      let waited = try await second
      try await waited.write { tx in try tx.execute("INSERT INTO item (id, weight) VALUES (1, 1)") }
      await waited.close()
      try await admin.write { tx in try tx.executeScript("DROP OWNED BY \(role); DROP ROLE \(role)") }
    }
  }
}
