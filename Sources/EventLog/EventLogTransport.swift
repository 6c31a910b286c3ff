import Events
import Messaging
import Storage
import Synchronization

/// The embedded log: every topic in one SQLite file, shared by as many subscriptions and processes as open it.
///
/// An append returns when its records are durable. A record's offset is its place in the whole file, so offsets of one
/// partition have gaps. Beside the file lie SQLite's own and `-instances`, by which its processes know of each other.
public final class EventLogTransport: EventTransport {
  /// Whether somebody looks after other processes now, and whether there was reason to look again meanwhile.
  enum Look {
    case none, running, again
  }

  struct State {
    var tails: [ObjectIdentifier: EventLogTail] = [:]
    var isClosed = false
    var failure: TransportError?
    var nextUnkeyedPartition: Int32 = 0
    var ticks = 0
    var look = Look.none
  }

  let log: LogFile
  let coordinator: GroupCoordinator
  let state = Mutex(State())
  private let ticks: TickTimer

  private init(log: LogFile, coordinator: GroupCoordinator, ticks: TickTimer) {
    self.log = log
    self.coordinator = coordinator
    self.ticks = ticks
  }

  /// Opens a log, which is made when the file is missing; its folder must exist.
  /// - Throws: `TransportError`, in one line that names the file: `damaged`, or `unavailable`.
  public static func open(
    path: String, configuration: EventLogConfiguration = .init()
  ) async throws(TransportError) -> EventLogTransport {
    do {
      var settings = SQLiteConfiguration()
      settings.synchronous = configuration.synchronous
      settings.waitLimit = configuration.waitLimit
      settings.maximumPages = configuration.maximumPages
      let database = try await SQLiteDatabase.open(path: path, configuration: settings)
      do {
        return try await open(database, path: path, configuration: configuration)
      } catch {
        await database.close()
        throw error
      }
    } catch {
      throw TransportError(error)
    }
  }

  private static func open(
    _ database: SQLiteDatabase, path: String, configuration: EventLogConfiguration
  ) async throws -> EventLogTransport {
    try await database.migrate(EventLogSchema.migrations, component: EventLogSchema.component)
    let bell = WeakTransport()
    let instances = try InstanceFile(path: "\(path)-instances") { bell.look() }
    let (instance, partitions) = try await database.write { tx in
      try tx.execute(
        "INSERT OR IGNORE INTO log_state (name, value) VALUES ('partitions', ?)",
        Int64(min(max(configuration.partitions, 1), 1024)))
      let partitions = try tx.first("SELECT value FROM log_state WHERE name = 'partitions'") { try $0.int(0) }
      let id = try GroupTables(tx: tx, partitions: 1, now: 0).addInstance()
      instances.claim(id)
      return (id, Int32(partitions ?? 16))
    }
    let log = LogFile(
      database: database, configuration: configuration, partitions: partitions, instances: instances)
    let transport = EventLogTransport(
      log: log, coordinator: GroupCoordinator(instance: instance, log: log),
      ticks: TickTimer(every: configuration.tickInterval) { bell.tick() })
    bell.set(transport)
    try await transport.readEnd()
    await transport.coordinator.check()
    log.ring()
    return transport
  }

  public func subscribe(
    group: String, to topics: TopicSelection
  ) async throws(TransportError) -> any TransportSubscription {
    try checkOpen()
    if case .named(let names) = topics, let bad = names.first(where: { !TopicName.isValid($0) }) {
      throw TransportError(.refused, "not a topic name: \(bad.debugDescription)")
    }
    do {
      return try await coordinator.join(group: group, topics: topics)
    } catch {
      throw TransportError(error)
    }
  }

  public func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64] {
    try checkOpen()
    do {
      return try await log.database.read { [log] tx in
        try log.topics.refresh(in: tx)
        let rows = try tx.query(
          "SELECT topic_id, partition, next_offset FROM group_partitions WHERE group_name = ?", group
        ) { (slot: try $0.int(0) * Int(log.partitions) + $0.int(1), next: try $0.int64(2)) }
        var lag: [TopicPartition: Int64] = [:]
        for row in rows {
          if let name = log.name(ofSlot: row.slot) { lag[name] = 0 }
        }
        let next = Dictionary(rows.map { ($0.slot, $0.next) }, uniquingKeysWith: min)
        guard let lowest = next.values.min() else { return lag }
        try tx.forEach(
          "SELECT offset, topic_id, partition FROM events WHERE offset >= ?", [.integer(lowest)]
        ) { row in
          let slot = row.slot(topicColumn: 1, partitionColumn: 2, partitions: log.partitions)
          if let slot, let first = next[slot], try row.int64(0) >= first, let name = log.name(ofSlot: slot) {
            lag[name, default: 0] += 1
          }
          return true
        }
        return lag
      }
    } catch {
      throw TransportError(error)
    }
  }

  public func health() async -> TransportHealth {
    let (isClosed, failure) = state.withLock { ($0.isClosed, $0.failure) }
    if isClosed { return TransportHealth(status: .unavailable, detail: "the event log is closed") }
    if let failure { return TransportHealth(status: .unavailable, detail: failure.message) }
    return TransportHealth(status: .healthy, detail: "embedded event log")
  }

  public func close() async {
    let tails = state.withLock { state in
      guard !state.isClosed else { return [EventLogTail]?.none }
      state.isClosed = true
      return Array(state.tails.values)
    }
    guard let tails else { return }
    ticks.stop()
    for tail in tails { tail.end() }
    await withTaskGroup { group in
      for member in coordinator.members { group.addTask { await member.close() } }
    }
    await coordinator.close()
    await log.database.close()
  }

  func checkOpen() throws(TransportError) {
    if state.withLock({ $0.isClosed }) { throw TransportError(.closed, "the event log is closed") }
  }
}
