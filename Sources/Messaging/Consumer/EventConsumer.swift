import Events
import Storage
import Synchronization
import Telemetry

/// Runs a service's handlers: one consumer group, all of its handlers in it.
///
/// Events of one key are handled in order, one at a time; different keys side by side, up to a bound. A record is
/// acknowledged when every handler that wants it has taken effect or the failure is on record, so that a crash at any
/// point costs nothing but a redelivery, which the inbox makes harmless. What is held in memory is bounded: a partition
/// that is far ahead of the handlers is paused.
///
/// It runs once. Any task may call anything here.
public final class EventConsumer: Sendable {
  struct State: Sendable {
    var lanes: LaneTable
    var subscription: (any TransportSubscription)?
    /// Workers that wait for deliveries; none at all sends one home.
    var idle: [CheckedContinuation<[Delivery], Never>] = []
    /// No delivery starts any more.
    var isStopping = false
    /// Ends the handlers that are at work, by attempt.
    var attempts: [Int: @Sendable () -> Void] = [:]
    var nextAttempt = 0
    /// Attempts have been ended: one that was about to begin ends at once.
    var hasEndedAttempts = false
    /// Lanes of handlers in strict order that have a failed delivery before them.
    var blocked: Set<LaneKey> = []
    /// Wait for partitions to have nothing running.
    var idleWaiters: [(partitions: Set<TopicPartition>, continuation: CheckedContinuation<Void, Never>)] = []
    var isReady = false
    var hasEnded = false
  }

  let environment: ServiceEnvironment
  let handlers: [EventHandler]
  let trie: PatternTrie<Int>
  let configuration: ConsumerConfiguration
  let store: FailedDeliveryStore
  let metrics: [HandlerMetrics]
  let deadlines: AttemptDeadlines
  let redeliverySignal = Signal()
  let ended = Signal()
  let state: Mutex<State>

  /// Failed deliveries of the service, for those who put them right.
  public let failedDeliveries: FailedDeliveries

  /// - Throws: `ConsumerError` when two handlers have one name.
  public init(
    environment: ServiceEnvironment, handlers: [EventHandler], configuration: ConsumerConfiguration = .init()
  ) throws(ConsumerError) {
    var names: Set<String> = []
    var trie = PatternTrie<Int>()
    for (index, handler) in handlers.enumerated() {
      guard !handler.name.isEmpty, names.insert(handler.name).inserted else {
        throw ConsumerError("\(environment.name) has two handlers named '\(handler.name)', or one without a name")
      }
      for pattern in handler.patterns { trie.insert(pattern, index) }
    }
    self.environment = environment
    self.handlers = handlers
    self.trie = trie
    self.configuration = configuration
    store = FailedDeliveryStore(environment: environment)
    metrics = handlers.map {
      HandlerMetrics(service: environment.name, handler: $0.name, registry: environment.metrics)
    }
    deadlines = AttemptDeadlines(clock: environment.clock)
    state = Mutex(
      State(
        lanes: LaneTable(
          capacity: configuration.concurrency, concurrency: handlers.map(\.options.concurrency),
          batches: handlers.map(\.batch), highWater: configuration.partitionLimit)))
    failedDeliveries = FailedDeliveries(environment: environment, store: store, signal: redeliverySignal)
  }

  /// The topics whose events a handler may want.
  var topics: TopicSelection {
    var names: Set<String> = []
    for handler in handlers {
      for pattern in handler.patterns {
        guard let domain = pattern.literalDomain else { return .all }
        names.insert(domain)
      }
    }
    return .named(names)
  }

  /// The handlers that want an event of the type, each once however many of its patterns match.
  func handlers(for type: EventType) -> [Int] {
    let matching = trie.match(type)
    guard matching.count > 1 else { return matching }
    var seen: Set<Int> = []
    return matching.filter { seen.insert($0).inserted }
  }

  /// Whether it has joined its group and takes events.
  public var isReady: Bool { state.withLock { $0.isReady && !$0.isStopping } }

  /// How many records of each partition the service has not finished.
  public func lag() async throws(TransportError) -> [TopicPartition: Int64] {
    try await environment.transport.lag(of: environment.name)
  }

  /// Handles events until `drain` is called or the task is cancelled. Outages of the transport and of the database are
  /// waited out.
  public func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.deadlines.run() }
      group.addTask { await self.redeliver() }
      for _ in 0..<configuration.concurrency {
        group.addTask { await self.work() }
      }
      if handlers.isEmpty {
        state.withLock { $0.isReady = true }
        while !Task.isCancelled, !isStopping { await ended.wait() }
      } else {
        await takeIn()
      }
      stopStarting()
      if Task.isCancelled { endAttempts() }
      group.cancelAll()
    }
    let subscription = state.withLock { state in
      defer { state.subscription = nil }
      state.hasEnded = true
      return state.subscription
    }
    await subscription?.flush()
    await subscription?.close()
    ended.send()
  }

  /// Stops: takes in nothing more, lets what runs finish, stores what was acknowledged, and leaves the group.
  ///
  /// - Parameter grace: Handlers that run longer are ended; their events come again.
  public func drain(grace: Duration) async {
    let subscription = stopStarting()
    let known = state.withLock { state in
      let known = state.lanes.knownPartitions
      state.lanes.giveUp(known)
      return known
    }
    let timer = Task {
      try await environment.clock.sleep(for: grace)
      endAttempts()
    }
    await waitUntilIdle(known)
    timer.cancel()
    await subscription?.flush()
    await subscription?.close()
    ended.send()
  }

  /// Ends the handlers that are at work or about to be; their events come again.
  private func endAttempts() {
    let attempts = state.withLock { state in
      state.hasEndedAttempts = true
      return Array(state.attempts.values)
    }
    for end in attempts { end() }
  }

  var isStopping: Bool { state.withLock { $0.isStopping } }

  /// Lets no further delivery start and sends the workers that wait home.
  @discardableResult
  func stopStarting() -> (any TransportSubscription)? {
    let (idle, subscription) = state.withLock { state in
      state.isStopping = true
      defer { state.idle = [] }
      return (state.idle, state.subscription)
    }
    for worker in idle { worker.resume(returning: []) }
    redeliverySignal.send()
    return subscription
  }

  /// Returns when nothing of these partitions is being handled.
  func waitUntilIdle(_ partitions: Set<TopicPartition>) async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.lanes.isIdle(partitions) { return true }
        state.idleWaiters.append((partitions, continuation))
        return false
      }
      if isIdle { continuation.resume() }
    }
  }
}
