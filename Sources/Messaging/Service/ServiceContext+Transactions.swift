import Events
import Storage
import Telemetry

extension ServiceContext {
  /// The one transaction call: state and events become durable together or not at all.
  ///
  /// In a handler the inbox row is part of it: an event takes effect once, however often it is delivered and whatever
  /// else the handler calls. The closure is synchronous; what is slow is done before. It may run more than once, so
  /// it has no effect but through the transaction.
  ///
  /// - Throws: `AlreadyHandled` when the event has taken effect before, whatever the closure did;
  ///   what the closure throws, and then nothing is changed; `DatabaseError`.
  @discardableResult
  public func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (ServiceTransaction) throws -> Value
  ) async throws -> Value {
    try call?.checkIsValid()
    var flow = metadata
    // The writer's thread knows nothing of the task's span.
    if let span = TraceContext.current { flow.traceparent = span.traceparent }
    let now = environment.clock.now()
    return try await environment.database.write { [environment, call, flow] database in
      if let call { try Self.begin(call, at: now, in: database) }
      let transaction = ServiceTransaction(database, now: now, flow: flow, publisher: environment.publisher)
      let value = try body(transaction)
      // A closure that outran the deadline shall not take effect beside another attempt.
      try call?.checkIsValid()
      return value
    }
  }

  /// The same for a closure that hands nothing back, so that one that publishes and does nothing else is one line.
  public func transaction(_ body: @escaping @Sendable (ServiceTransaction) throws -> Void) async throws {
    try await transaction { tx -> Bool in
      try body(tx)
      return true
    }
  }

  /// Reads one snapshot of the service's state.
  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await environment.database.read(body)
  }

  private static func begin(_ call: HandlerCall, at now: Timestamp, in database: Transaction) throws {
    try call.checkIsValid()
    for eventID in call.eventIDs {
      try Inbox.record(handler: call.handler, eventID: eventID, at: now, in: database)
    }
    database.afterCommit { call.commit() }
  }
}
