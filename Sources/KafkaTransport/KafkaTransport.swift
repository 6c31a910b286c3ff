import CRdKafka
import Messaging
import Synchronization

/// Records on Apache Kafka, by librdkafka.
///
/// A topic is the prefix and the first segment of the event type; its key is the aggregate's id, its value the event's
/// JSON, byte for byte, with `event_type`, `event_id` and CloudEvents' attributes as headers. Records of other clients
/// come through with or without key and headers. One idempotent producer appends, and is made anew when it fails for
/// good; every subscription and tail is a client of its own. What is promised and what happens on faults is in
/// `docs/kafka.md`. Any task may call anything here.
public final class KafkaTransport: EventTransport {
  private struct State {
    var isClosed = false
    var subscriptions: [ObjectIdentifier: KafkaSubscription] = [:]
    var tails: [ObjectIdentifier: KafkaTail] = [:]
    var isProbing = false
  }

  static let closed = TransportError(.closed, "Kafka: the transport is closed")
  /// How long a question to the cluster may take that somebody waits for.
  static let questionTimeout = Duration.seconds(10)

  let settings: KafkaSettings
  let names: TopicNames
  let topics: TopicCreation
  let appender: Appender
  private let work = BlockingQueue("questions")
  private let state = Mutex(State())
  private let ended = Latch()
  private let ticks: TickTimer

  private init(_ settings: KafkaSettings, ticks: TickTimer) {
    self.settings = settings
    self.ticks = ticks
    names = TopicNames(prefix: settings.configuration.topicPrefix)
    topics = TopicCreation(settings.configuration, names: names)
    appender = Appender(settings, names: names, topics: topics)
  }

  /// Opens a connection to a cluster. A cluster that cannot be reached yet is waited for, and `health()` says so.
  /// - Throws: `TransportError.Kind.refused` when a setting has a name or a value that cannot be taken.
  public static func open(configuration: KafkaConfiguration) async throws(TransportError) -> KafkaTransport {
    let settings = KafkaSettings(configuration: configuration)
    try settings.validate()
    FreeMemory.mergeAtOnce()
    let tick = WeakReference<KafkaTransport>()
    let transport = KafkaTransport(settings, ticks: TickTimer(every: settings.tickInterval) { tick.value?.tick() })
    tick.set(transport)
    _ = try await transport.appender.producer()
    return transport
  }

  public func append(_ records: [EventRecord]) async -> [AppendOutcome] {
    records.isEmpty ? [] : await appender.append(records)
  }

  // MARK: Subscriptions

  public func subscribe(
    group: String, to topics: TopicSelection
  ) async throws(TransportError) -> any TransportSubscription {
    try checkOpen()
    if case .named(let wanted) = topics {
      if let bad = wanted.first(where: { !TopicName.isValid(names.full($0)) }) {
        throw TransportError(.refused, "not a topic name: \(names.full(bad).debugDescription)")
      }
      await make(wanted, within: .seconds(2))
    }
    let client = try await client(for: .consumer(group: group))
    let subscription = KafkaSubscription(
      client: client, group: group, topics: topics, names: names, configuration: settings.configuration
    ) { [weak self] gone in
      self?.state.withLock { _ = $0.subscriptions.removeValue(forKey: ObjectIdentifier(gone)) }
    }
    let isOpen = state.withLock { state in
      if !state.isClosed { state.subscriptions[ObjectIdentifier(subscription)] = subscription }
      return !state.isClosed
    }
    let code = isOpen ? await subscription.join() : .none
    guard isOpen, code == .none else {
      await subscription.close()
      throw isOpen ? TransportError(.unavailable, "Kafka: group \(group): \(code)") : Self.closed
    }
    return subscription
  }

  /// Makes topics that are to be read, so that a group shares out what is written first. That they cannot be made now
  /// is no obstacle: whoever writes makes them too.
  private func make(_ topics: Set<String>, within limit: Duration) async {
    let missing = self.topics.unknown(among: topics)
    guard !missing.isEmpty, let producer = try? await appender.producer(), producer.enter() else { return }
    defer { producer.leave() }
    _ = await self.topics.ensure(missing, by: producer.client, within: limit)
  }

  // MARK: Tails

  public func tail(
    from cursor: TailCursor?, topics: TopicSelection
  ) async throws(TransportError) -> any TransportTail {
    try checkOpen()
    var offsets = TailOffsets()
    if let cursor, cursor != .beginning { offsets = try TailOffsets(cursor) }
    let client = try await client(for: .reader)
    let cluster = ClusterView(client: client, names: names)
    let start = await work.run { [offsets] in
      Self.start(from: cursor, offsets, topics: topics, cluster)
    }
    let (partitions, first): ([TopicPartition], TailOffsets)
    do throws(TransportError) {
      (partitions, first) = try start.get()
    } catch {
      await work.run { client.destroy() }
      throw error
    }
    let tail = KafkaTail(client: client, topics: topics, names: names, from: first) { [weak self] gone in
      self?.state.withLock { _ = $0.tails.removeValue(forKey: ObjectIdentifier(gone)) }
    }
    await tail.start(partitions)
    let isOpen = state.withLock { state in
      if !state.isClosed { state.tails[ObjectIdentifier(tail)] = tail }
      return !state.isClosed
    }
    guard isOpen else {
      await tail.close()
      throw Self.closed
    }
    return tail
  }

  /// Where a tail begins, by what the cluster holds. Blocks.
  private static func start(
    from cursor: TailCursor?, _ known: TailOffsets, topics: TopicSelection, _ cluster: ClusterView
  ) -> Result<([TopicPartition], TailOffsets), TransportError> {
    do throws(TransportError) {
      let partitions = try cluster.partitions(of: topics, within: questionTimeout).get()
      var offsets = known
      if cursor == nil {
        for (partition, end) in try cluster.offsets(.newest, of: partitions, within: questionTimeout).get() {
          offsets[partition] = end
        }
      } else if cursor != .beginning {
        for (partition, oldest) in try cluster.offsets(.oldest, of: partitions, within: questionTimeout).get() {
          guard let next = known[partition], next < oldest else { continue }
          throw TransportError(
            .invalidCursor, "the records of \(partition) from \(next) on have been removed from the log")
        }
      }
      return .success((partitions, offsets))
    } catch {
      return .failure(error)
    }
  }

  // MARK: Lag and health

  public func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64] {
    try checkOpen()
    let producer = try await appender.producer()
    guard producer.enter() else { throw TransportError(.unavailable, "Kafka: the producer is made anew") }
    defer { producer.leave() }
    let client = producer.client
    let cluster = ClusterView(client: client, names: names)
    let everything = try await work.run { cluster.partitions(of: .all, within: Self.questionTimeout) }.get()
    guard !everything.isEmpty else { return [:] }
    let list = PartitionList()
    for partition in everything { list.append(names.full(partition.topic), partition.partition) }
    let committed: [String: [Int32: Int64]]
    switch await GroupOffsets.ask(names.full(group), of: list, by: client, within: Self.questionTimeout) {
    case .offsets(let offsets): committed = offsets
    case .failed(_, let message): throw TransportError(.unavailable, "Kafka: group \(group): \(message)")
    case .commit, .topics, nil:
      throw TransportError(
        .unavailable, "Kafka: group \(group): \(client.context.brokers.lastError ?? "the coordinator does not answer")")
    }
    var wanted = Set(committed.keys.compactMap { names.topic(of: $0) })
    for subscription in state.withLock({ Array($0.subscriptions.values) }) where subscription.group == group {
      wanted.formUnion(subscription.state.withLock { $0.topics })
    }
    guard !wanted.isEmpty else { return [:] }
    return try await work.run { [wanted, names] () -> Result<[TopicPartition: Int64], TransportError> in
      do throws(TransportError) {
        let partitions = everything.filter { wanted.contains($0.topic) }
        let oldest = try cluster.offsets(.oldest, of: partitions, within: Self.questionTimeout).get()
        let newest = try cluster.offsets(.newest, of: partitions, within: Self.questionTimeout).get()
        var lag: [TopicPartition: Int64] = [:]
        for partition in partitions {
          guard let end = newest[partition], let first = oldest[partition] else { continue }
          let next = committed[names.full(partition.topic)]?[partition.partition] ?? first
          lag[partition] = max(0, end - max(next, first))
        }
        return .success(lag)
      } catch {
        return .failure(error)
      }
    }.get()
  }

  public func health() async -> TransportHealth {
    if state.withLock({ $0.isClosed }) { return TransportHealth(status: .unavailable, detail: Self.closed.message) }
    let health = appender.health
    if health.status == .unavailable {
      probe()
      return health
    }
    let subscriptions = state.withLock { Array($0.subscriptions.values) }
    let refusals = subscriptions.compactMap { subscription in subscription.state.withLock { $0.refusal } }
    return refusals.min().map { TransportHealth(status: .unavailable, detail: $0) } ?? health
  }

  /// Has librdkafka try to reach a broker, so that the next answer is a newer one. An idle client reaches for none.
  private func probe() {
    let isFirst = state.withLock { state in
      defer { state.isProbing = true }
      return !state.isProbing
    }
    guard isFirst else { return }
    Task { [self] in
      if let producer = try? await appender.producer(), producer.enter() {
        let cluster = ClusterView(client: producer.client, names: names)
        _ = await work.run { cluster.partitions(of: .named([]), within: .seconds(2)) }
        producer.leave()
      }
      state.withLock { $0.isProbing = false }
    }
  }

  // MARK: Life

  /// Now and then: members that wait for records show that they live, and tails look for new topics.
  private func tick() {
    let (subscriptions, tails) = state.withLock { (Array($0.subscriptions.values), Array($0.tails.values)) }
    for subscription in subscriptions { subscription.wake() }
    for tail in tails { tail.look() }
  }

  public func close() async {
    let open = state.withLock { state -> ([KafkaSubscription], [KafkaTail])? in
      guard !state.isClosed else { return nil }
      state.isClosed = true
      return (Array(state.subscriptions.values), Array(state.tails.values))
    }
    guard let (subscriptions, tails) = open else { return await ended.wait() }
    ticks.stop()
    await withDiscardingTaskGroup { group in
      for subscription in subscriptions { group.addTask { await subscription.close() } }
      for tail in tails { group.addTask { await tail.close() } }
      group.addTask { await self.appender.close(within: self.settings.configuration.closeTimeout) }
    }
    ended.open()
  }

  private func checkOpen() throws(TransportError) {
    if state.withLock({ $0.isClosed }) { throw Self.closed }
  }

  private func client(for role: KafkaSettings.Role) async throws(TransportError) -> KafkaClient {
    try await work.run { [settings] () -> Result<KafkaClient, TransportError> in
      do throws(TransportError) {
        return .success(try KafkaClient(settings, for: role, context: ClientContext()))
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
