import CPostgres
import Glibc

/// One connection to a PostgreSQL server, in pipeline mode, and its prepared statements. Belongs to one thread.
///
/// Commands are queued with `send` and their answers read, in order, by `synchronize`; what needs no answer yet waits
/// for the next one that does. An error makes the server skip everything up to the next sync, and refuse statements
/// until a rollback: `failure` holds it so long.
final class PostgreSQLConnection: DatabaseConnection {
  /// Statements kept prepared. A service has some dozens; what is built from data must not fill the memory.
  private static let cachedStatements = 256
  /// Answers that may be outstanding, so that neither side's memory fills.
  private static let commandLimit = 512

  let handle: OpaquePointer
  let address: PostgreSQLAddress
  /// How long the server may take for an answer, as a rule and now; `nil` while a migration runs.
  var usualAnswerLimit: Duration?
  var answerLimit: Duration?
  /// Among the transactions of a group, the one whose statements are sent now.
  var job = 0
  /// Whether each statement has a savepoint of its own, so that an error ends it alone.
  var isCareful = false
  private(set) var failure: PostgreSQLFailure?
  /// Why the connection can no longer be used.
  private(set) var loss: DatabaseError?
  private var commands: [PostgreSQLCommand] = []
  private var statements: [String: PostgreSQLStatement] = [:]
  private var retired: [String] = []
  private var statementCount = 0
  /// Prepared at the first commit: the schema's first connection is there before the table.
  private var hasPreparedMark = false

  init(owning handle: OpaquePointer, address: PostgreSQLAddress) {
    self.handle = handle
    self.address = address
  }

  deinit {
    statements.removeAll()
    PQfinish(handle)
  }

  var dialect: SQLDialect { .postgresql }

  /// There is none: PostgreSQL has no row ids. `RETURNING` gives them.
  var lastInsertedID: Int64 { 0 }

  /// Whether statements are outstanding that nobody has waited for.
  var hasDeferred: Bool { commands.contains { $0.isDeferred } }

  // MARK: Statements

  func takeStatement(_ sql: String) throws(DatabaseError) -> any PreparedStatement {
    try checkUsable()
    if let cached = statements[sql], !cached.isTaken {
      cached.isTaken = true
      return cached
    }
    let text = if let known = statements[sql] { known.text } else { try prepare(sql) }
    let statement = PostgreSQLStatement(text, on: self)
    statement.isTaken = true
    if statements[sql] == nil {
      if statements.count >= Self.cachedStatements { forgetStatements() }
      statements[sql] = statement
    }
    return statement
  }

  func giveBack(_ statement: any PreparedStatement) {
    guard let statement = statement as? PostgreSQLStatement else { return }
    statement.clear()
    statement.isTaken = false
  }

  private func prepare(_ sql: String) throws(DatabaseError) -> PostgreSQLStatementText {
    let translated = PlaceholderText(sql)
    guard translated.text.utf8.contains(where: { $0 > 32 && $0 != UInt8(ascii: ";") }) else {
      throw DatabaseError(.syntax, "there is no statement in the text", sql: sql)
    }
    guard !translated.text.utf8.contains(0) else {
      throw DatabaseError(.syntax, "the statement's text holds a NUL character", sql: "")
    }
    statementCount += 1
    let text = PostgreSQLStatementText(
      sql: sql, name: "roost_\(statementCount)", parameterCount: translated.parameterCount)
    try inStatementSavepoint { () throws(DatabaseError) in
      try send(PQsendPrepare(handle, text.name, translated.text, 0, nil), .init(receiver: .none, sql: sql))
      try send(PQsendDescribePrepared(handle, text.name), .init(receiver: .description(text), sql: sql))
    }
    return text
  }

  /// Lets go of the statements that nobody uses; the server learns of it at the next `begin`.
  private func forgetStatements() {
    let unused = statements.filter { !$0.value.isTaken }
    for (sql, statement) in unused {
      statements[sql] = nil
      retired.append(statement.text.name)
    }
  }

  /// Sends a statement's values and waits for its rows.
  func run(_ statement: PostgreSQLStatement) throws(DatabaseError) {
    try checkUsable()
    try inStatementSavepoint { () throws(DatabaseError) in
      try send(
        statement.send(on: handle), .init(receiver: .rows(statement, run: statement.nextRun()), sql: statement.sql))
    }
  }

  /// Sends a statement's values; `finish` waits for its rows.
  func start(_ statement: PostgreSQLStatement) throws(DatabaseError) {
    try checkUsable()
    try send(
      statement.send(on: handle),
      .init(receiver: .rows(statement, run: statement.nextRun()), sql: statement.sql, isDeferred: true))
  }

  /// Waits for the rows of a statement that was started.
  func finish(_ statement: PostgreSQLStatement) throws(DatabaseError) {
    try checkUsable()
    if !statement.hasResult { try synchronize() }
    guard statement.hasResult else {
      throw DatabaseError(.other, "the statement was undone before its rows were read", sql: statement.sql)
    }
  }

  /// Sends a statement's values; an error shows when answers are waited for next.
  func enqueue(
    _ statement: PostgreSQLStatement, _ translation: ((DatabaseError) -> any Error)?
  ) throws(DatabaseError) {
    try checkUsable()
    try send(
      statement.send(on: handle),
      .init(receiver: .none, sql: statement.sql, isDeferred: true, translation: translation))
  }

  private func inStatementSavepoint(_ body: () throws(DatabaseError) -> Void) throws(DatabaseError) {
    guard isCareful else {
      try body()
      return try synchronize()
    }
    try control("SAVEPOINT roost_statement")
    do throws(DatabaseError) {
      try body()
      try control("RELEASE roost_statement")
      try synchronize()
    } catch {
      if let failure, loss == nil, !failure.endsTransaction, failure.job == job { try rollBackStatement() }
      throw error
    }
  }

  private func rollBackStatement() throws(DatabaseError) {
    failure = nil
    try control("ROLLBACK TO roost_statement")
    try control("RELEASE roost_statement")
    try synchronize()
  }

  private func checkUsable() throws(DatabaseError) {
    if let loss { throw loss }
    guard var failure else { return }
    failure.wasPassedOver = true
    self.failure = failure
    throw failure.error
  }

  // MARK: Transactions

  /// Queues a statement without values that begins or ends something.
  func control(_ sql: String) throws(DatabaseError) {
    if Self.preparedControls.contains(sql) {
      return try send(PQsendQueryPrepared(handle, sql, 0, nil, nil, nil, 0), .init(receiver: .none, sql: nil))
    }
    try send(PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0), .init(receiver: .none, sql: nil))
  }

  /// Those that each transaction of a group needs, prepared under their own text as the session is set up.
  private static let preparedControls: Set<String> = [
    "SAVEPOINT roost_job", "RELEASE roost_job", "ROLLBACK TO roost_job", "BEGIN", "COMMIT", "ROLLBACK",
    "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
  ]

  /// - Parameter lockKey: The key of the schema's writers' lock.
  func prepareControls(lockKey: Int64) throws(DatabaseError) {
    for sql in Self.preparedControls {
      try send(PQsendPrepare(handle, sql, sql, 0, nil), .init(receiver: .none, sql: nil))
    }
    let lock = "SELECT pg_advisory_xact_lock(\(lockKey))"
    try send(PQsendPrepare(handle, Self.lockName, lock, 0, nil), .init(receiver: .none, sql: nil))
    try synchronize()
  }

  private static let lockName = "roost_lock"
  private static let markName = "roost_mark"

  /// Queues the writers' lock.
  func lock() throws(DatabaseError) {
    try send(PQsendQueryPrepared(handle, Self.lockName, 0, nil, nil, nil, 0), .init(receiver: .none, sql: nil))
  }

  /// Queues the mark by which the commit that follows is known again.
  func mark(_ mark: CommitMark) throws(DatabaseError) {
    if !hasPreparedMark {
      try send(PQsendPrepare(handle, Self.markName, CommitMark.statement, 0, nil), .init(receiver: .none, sql: nil))
      hasPreparedMark = true
    }
    let code = String(mark.writerID).withCString { writer in
      String(mark.groupNumber).withCString { group in
        PQsendQueryPrepared(handle, Self.markName, 2, [writer, group], nil, nil, 0)
      }
    }
    try send(code, .init(receiver: .none, sql: nil))
  }

  /// Queues the begin of a transaction, behind what is left to tell the server of forgotten statements.
  func begin(_ sql: String) throws(DatabaseError) {
    failure = nil
    answerLimit = usualAnswerLimit
    for name in retired { try control("DEALLOCATE \(name)") }
    retired = []
    try control(sql)
  }

  /// Queues a rollback, of the whole transaction or to a savepoint, after which statements are taken again.
  func rollBack(_ sql: String) throws(DatabaseError) {
    failure = nil
    try control(sql)
  }

  func savepoint(_ step: SavepointStep) throws(DatabaseError) {
    switch step {
    case .begin:
      try checkUsable()
      // An error of what came before belongs outside.
      if hasDeferred { try synchronize() }
      try control("SAVEPOINT roost_nested")
    case .release:
      try checkUsable()
      if hasDeferred { try synchronize() }
      try control("RELEASE roost_nested")
    case .rollBack:
      if let loss { throw loss }
      if hasDeferred { try? synchronize() }
      failure = nil
      try control("ROLLBACK TO roost_nested")
      try control("RELEASE roost_nested")
      try synchronize()
    }
  }

  func executeScript(_ sql: String) throws(DatabaseError) {
    try checkUsable()
    try synchronize()
    if isCareful { try control("SAVEPOINT roost_statement") }
    try synchronize()
    do throws(DatabaseError) {
      try executeSimply(sql)
    } catch {
      if isCareful, let failure, loss == nil, !failure.endsTransaction { try rollBackStatement() }
      throw error
    }
    if isCareful { try control("RELEASE roost_statement") }
  }

  /// Several statements at once are for the simple protocol alone, and that one has no pipeline.
  private func executeSimply(_ sql: String) throws(DatabaseError) {
    guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, sql) == 1 else { throw lost() }
    var error: DatabaseError?
    while let result = try nextResult() {
      if error == nil { error = self.error(of: result, sql: sql) }
      PQclear(result)
      if let loss { throw loss }
    }
    guard PQenterPipelineMode(handle) == 1 else { throw lost() }
    guard let error else { return }
    failure = failure ?? PostgreSQLFailure(error: error, job: job, deferredError: nil)
    throw error
  }

  // MARK: The pipeline

  private func send(_ code: Int32, _ command: PostgreSQLCommand) throws(DatabaseError) {
    if let loss { throw loss }
    guard code == 1 else { throw lost() }
    var command = command
    command.job = job
    commands.append(command)
    if commands.count >= Self.commandLimit { try synchronize() }
  }

  /// Reads the answers to everything that was sent.
  ///
  /// - Throws: The first error among them, which `failure` tells as well.
  func synchronize() throws(DatabaseError) {
    if let loss { throw loss }
    guard !commands.isEmpty else { return }
    try sendSync()
    let outstanding = commands
    commands.removeAll(keepingCapacity: true)
    for command in outstanding { try receive(command) }
    if let failure { throw failure.error }
  }

  /// Sends what is queued on its way without waiting for the answers.
  func flush() throws(DatabaseError) {
    if let loss { throw loss }
    try sendSync()
    guard PQflush(handle) >= 0 else { throw lost() }
  }

  private func sendSync() throws(DatabaseError) {
    guard PQpipelineSync(handle) == 1 else { throw lost() }
    commands.append(.init(receiver: .sync, sql: nil))
  }

  private func receive(_ command: PostgreSQLCommand) throws(DatabaseError) {
    if case .sync = command.receiver {
      let result = try nextResult()
      defer { PQclear(result) }
      guard result != nil, PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lost() }
      return
    }
    while let result = try nextResult() {
      take(result, for: command)
      if let loss { throw loss }
    }
  }

  private func take(_ result: OpaquePointer, for command: PostgreSQLCommand) {
    if let error = error(of: result, sql: command.sql) {
      PQclear(result)
      if failure == nil {
        let deferred = command.isDeferred ? command.translation.map { $0(error) } ?? error : nil
        let failure = PostgreSQLFailure(error: error, job: command.job, deferredError: deferred)
        self.failure = failure
        // What is prepared for tables as they were is prepared anew.
        if failure.isStaleStatement { statements.removeAll() }
      }
      return
    }
    switch command.receiver {
    case .rows(let statement, let run) where PQresultStatus(result) != PGRES_PIPELINE_ABORTED:
      return statement.receive(result, ofRun: run)
    case .description(let text) where PQresultStatus(result) == PGRES_COMMAND_OK:
      text.parameterTypes = (0..<PQnparams(result)).map { PQparamtype(result, $0) }
      text.columnTypes = (0..<PQnfields(result)).map { PQftype(result, $0) }
    default: break
    }
    PQclear(result)
  }

  private func error(of result: OpaquePointer, sql: String?) -> DatabaseError? {
    switch PQresultStatus(result) {
    case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: break
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      return lost("COPY cannot be used as a statement")
    default: return nil
    }
    guard PQresultErrorField(result, Int32(ROOST_PG_SQLSTATE)) != nil else {
      return lost(address.redacting(String(cString: PQresultErrorMessage(result))))
    }
    let error = DatabaseError(postgresql: result, sql: sql)
    let severity = PQresultErrorField(result, Int32(ROOST_PG_SEVERITY)).map { String(cString: $0) }
    guard severity == "FATAL" || severity == "PANIC" else { return error }
    return lost(error.message)
  }

  /// Waits for the next answer. Both directions are looked after: a server whose answers are not read stops reading.
  private func nextResult() throws(DatabaseError) -> OpaquePointer? {
    let deadline = answerLimit.map { ContinuousClock.now + $0 }
    while PQisBusy(handle) != 0 {
      let unsent = PQflush(handle)
      // What the server said last may still be there to be read.
      if unsent < 0, PQconsumeInput(handle) == 0 { throw lost() }
      let events = PostgreSQLSocket.wait(PQsocket(handle), writing: unsent > 0, until: deadline)
      guard let events else { throw lost("the server did not answer in time") }
      if events.isReadable, PQconsumeInput(handle) == 0 { throw lost() }
      if unsent < 0 { throw lost() }
    }
    let result = PQgetResult(handle)
    if result == nil, PQstatus(handle) == CONNECTION_BAD { throw lost() }
    return result
  }

  /// Notes that the connection is gone, and why. The first reason counts.
  @discardableResult
  private func lost(_ reason: String? = nil) -> DatabaseError {
    if let loss { return loss }
    let message = reason ?? address.redacting(String(cString: PQerrorMessage(handle)))
    let error = DatabaseError(
      .connectionLost, "\(address.place): the connection was lost" + (message.isEmpty ? "" : ": \(message)"))
    loss = error
    // Left open, a connection that fell silent would keep its transaction on the server, and the writers' lock with it.
    shutdown(PQsocket(handle), Int32(SHUT_RDWR))
    return error
  }
}
