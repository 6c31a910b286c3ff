/// A log in memory, for tests and for trying things out: what the embedded log does, without a file.
///
/// Groups, order, redelivery and back pressure are those of the other transports. The log lives as long as something
/// refers to it: a connection, a subscription or a tail.
public final class InMemoryTransport: EventTransport {
  private let log: InMemoryLog
  private let connection: Int

  /// Opens a log of its own.
  public convenience init(partitions: Int32 = 8) {
    var configuration = InMemoryConfiguration()
    configuration.partitions = partitions
    self.init(configuration: configuration)
  }

  public convenience init(configuration: InMemoryConfiguration) {
    self.init(log: InMemoryLog(configuration))
  }

  private init(log: InMemoryLog) {
    self.log = log
    connection = log.update { $0.connect() }
  }

  /// Another connection to the same log, as another process would have it. Each is closed for itself.
  public func connect() -> InMemoryTransport {
    InMemoryTransport(log: log)
  }

  public func append(_ records: [EventRecord]) async -> [AppendOutcome] {
    await log.append(records, over: connection)
  }

  public func subscribe(
    group: String, to topics: TopicSelection
  ) async throws(TransportError) -> any TransportSubscription {
    if case .named(let names) = topics, let bad = names.first(where: { !TopicName.isValid($0) }) {
      throw TransportError(.refused, "not a topic name: \(bad.debugDescription)")
    }
    guard let member = log.update({ $0.join(group: group, topics: topics, over: connection) }) else {
      throw InMemoryLog.closed
    }
    return InMemorySubscription(member: member, log: log)
  }

  public func tail(
    from cursor: TailCursor?, topics: TopicSelection
  ) async throws(TransportError) -> any TransportTail {
    let tail = try log.update { $0.openTail(from: cursor, topics: topics, over: connection) }.get()
    return InMemoryTail(id: tail, log: log)
  }

  public func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64] {
    guard let lag = log.update({ $0.isOpen(connection) ? $0.lag(of: group) : nil }) else { throw InMemoryLog.closed }
    return lag
  }

  public func health() async -> TransportHealth {
    let (isOpen, isFull) = log.update { ($0.isOpen(connection), $0.isFull) }
    guard isOpen else { return TransportHealth(status: .unavailable, detail: "the in-memory log is closed") }
    return isFull
      ? TransportHealth(status: .degraded, detail: "the in-memory log is full: appends wait for its consumers")
      : TransportHealth(status: .healthy, detail: "in-memory log")
  }

  public func close() async {
    log.update { $0.disconnect(connection) }
  }
}
