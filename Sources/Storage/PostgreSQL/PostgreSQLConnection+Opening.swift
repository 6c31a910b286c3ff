import CPostgres
import Glibc

extension PostgreSQLConnection {
  enum Role {
    case writer, reader
  }

  /// Connects and sets the session up. Blocks, until the deadline at most.
  ///
  /// - Throws: `DatabaseError` whose message names the place: `.cannotOpen` for what will not pass by itself (a wrong
  ///   password, no such database), `.connectionLost` or `.busy` for what may.
  static func open(
    _ address: PostgreSQLAddress, schema: String, lockKey: Int64, role: Role, configuration: PostgreSQLConfiguration,
    until deadline: ContinuousClock.Instant
  ) throws(DatabaseError) -> PostgreSQLConnection {
    let deadline = min(deadline, .now + configuration.connectLimit)
    let handle = try connect(address, role: role, configuration: configuration, until: deadline)
    let connection = PostgreSQLConnection(owning: handle, address: address)
    do {
      try connection.setUp(schema: schema, lockKey: lockKey, configuration: configuration)
    } catch {
      throw error.kind == .connectionLost ? error : error.naming(address.place)
    }
    return connection
  }

  private static func connect(
    _ address: PostgreSQLAddress, role: Role, configuration: PostgreSQLConfiguration,
    until deadline: ContinuousClock.Instant
  ) throws(DatabaseError) -> OpaquePointer {
    guard let handle = start(settings(address, role: role, configuration: configuration)) else {
      throw DatabaseError(.other, "libpq has no memory for a connection")
    }
    roost_pg_ignore_notices(handle)
    var status = PGRES_POLLING_WRITING
    while true {
      guard PQstatus(handle) != CONNECTION_BAD, status != PGRES_POLLING_FAILED else {
        defer { PQfinish(handle) }
        throw refusal(handle, address)
      }
      if status == PGRES_POLLING_OK { break }
      let isReading = status == PGRES_POLLING_READING
      guard PostgreSQLSocket.wait(PQsocket(handle), reading: isReading, writing: !isReading, until: deadline) != nil
      else {
        PQfinish(handle)
        throw DatabaseError(.connectionLost, "\(address.place): the server did not answer in time")
      }
      status = PQconnectPoll(handle)
    }
    guard PQsetnonblocking(handle, 1) == 0 else {
      defer { PQfinish(handle) }
      throw refusal(handle, address)
    }
    return handle
  }

  private static func settings(
    _ address: PostgreSQLAddress, role: Role, configuration: PostgreSQLConfiguration
  ) -> [(String, String)] {
    let silence = Int(configuration.silenceLimit.components.seconds)
    let probe = max(1, silence / 5)
    var settings = [
      ("application_name", configuration.applicationName),
      ("keepalives_idle", "\(max(1, silence - 2 * probe))"), ("keepalives_interval", "\(probe)"),
      ("keepalives_count", "2"), ("tcp_user_timeout", "\(silence * 1_000)"),
    ]
    // What the address says itself counts.
    settings.removeAll { setting in address.settings.contains { $0.keyword == setting.0 } }
    return settings + address.settings.map { ($0.keyword, $0.value) } + [("client_encoding", "UTF8")]
  }

  private static func start(_ settings: [(String, String)]) -> OpaquePointer? {
    var keywords = settings.map { UnsafePointer(strdup($0.0)) } + [nil]
    var values = settings.map { UnsafePointer(strdup($0.1)) } + [nil]
    defer { for pointer in keywords + values { free(UnsafeMutablePointer(mutating: pointer)) } }
    return PQconnectStartParams(&keywords, &values, 0)
  }

  /// libpq keeps the SQLSTATE of a refused connection to itself, so the kind goes by what is known to be said.
  private static func refusal(_ handle: OpaquePointer, _ address: PostgreSQLAddress) -> DatabaseError {
    let message = address.redacting(String(cString: PQerrorMessage(handle)))
    let lasting = [
      "password", "authentication", "no pg_hba.conf entry", "does not exist", "not permitted to log in", "certificate",
      "permission denied", "SSL", "could not translate host name", "invalid",
    ]
    let crowded = ["too many", "remaining connection slots"]
    func says(_ phrases: [String]) -> Bool { phrases.contains { message.contains($0) } }
    let kind: DatabaseError.Kind = says(crowded) ? .busy : says(lasting) ? .cannotOpen : .connectionLost
    return DatabaseError(kind, message.isEmpty ? "\(address.place): no connection" : message)
  }

  private func setUp(
    schema: String, lockKey: Int64, configuration: PostgreSQLConfiguration
  ) throws(DatabaseError) {
    guard PQserverVersion(handle) >= 140_000 else {
      throw DatabaseError(.cannotOpen, "the server is older than PostgreSQL 14")
    }
    guard PQenterPipelineMode(handle) == 1 else { throw DatabaseError(.other, "libpq cannot enter pipeline mode") }
    answerLimit = configuration.connectLimit
    let silence = Int(configuration.silenceLimit.components.seconds)
    let statement = Self.milliseconds(configuration.statementLimit)
    try executeScript(
      """
      SET search_path TO \(Self.quoted(schema));
      SET client_min_messages TO error;
      SET timezone TO 'UTC';
      SET datestyle TO 'ISO, MDY';
      SET bytea_output TO hex;
      SET standard_conforming_strings TO on;
      SET jit TO off;
      SET statement_timeout TO \(statement);
      SET lock_timeout TO \(min(statement, Self.milliseconds(configuration.waitLimit)));
      SET idle_in_transaction_session_timeout TO \(max(statement, 60_000));
      SET tcp_keepalives_idle TO \(silence);
      SET tcp_keepalives_interval TO \(max(1, silence / 5));
      SET tcp_keepalives_count TO 2;
      SET tcp_user_timeout TO \(silence * 1_000);
      SET client_connection_check_interval TO \(silence * 1_000);
      """)
    try prepareControls(lockKey: lockKey)
    usualAnswerLimit = configuration.statementLimit + .seconds(5)
    answerLimit = usualAnswerLimit
  }

  /// A name as SQL takes it, whatever is in it.
  static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private static func milliseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return max(1, seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }
}
