import Events
import Telemetry

extension EventConsumer {
  private static let outageBackoff = Backoff(first: .milliseconds(100), limit: .seconds(10))

  /// Joins the group and takes records in, until the consumer stops.
  func takeIn() async {
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled, !isStopping {
      do throws(TransportError) {
        let subscription = try await subscribe()
        failures = 0
        // A drain that came while the group was being joined found no subscription to close.
        if isStopping { return }
        try await takeIn(from: subscription)
      } catch {
        if error.kind == .closed { return }
        failures += 1
        environment.logger.warning(
          "events cannot be read at present", metadata: ["error": "\(error)", "failures": "\(failures)"])
        let delay = Self.outageBackoff.delay(attempt: failures, using: &generator)
        guard (try? await environment.clock.sleep(for: delay)) != nil else { return }
      }
    }
  }

  private func subscribe() async throws(TransportError) -> any TransportSubscription {
    if let subscription = state.withLock({ $0.subscription }) { return subscription }
    let subscription = try await environment.transport.subscribe(group: environment.name, to: topics)
    await loadBlockedLanes()
    state.withLock {
      $0.subscription = subscription
      $0.isReady = true
    }
    return subscription
  }

  private func takeIn(from subscription: any TransportSubscription) async throws(TransportError) {
    while true {
      switch try await subscription.nextBatch(limit: configuration.batchLimit) {
      case .records(let records):
        for record in records { await take(record, from: subscription) }
        startIdleWorkers()
      case .assigned:
        // Another member may have failed deliveries of these keys in the meantime.
        await loadBlockedLanes()
      case .revoked(let partitions, .orderly):
        state.withLock { $0.lanes.giveUp(partitions) }
        await waitUntilIdle(partitions)
        await subscription.flush()
        await subscription.completeRevocation(partitions)
      case .revoked(let partitions, .lost):
        state.withLock { $0.lanes.giveUp(partitions) }
      case .closed:
        // A cancelled wait ends like this too: whoever stops the consumer closes the subscription then.
        if isStopping || Task.isCancelled { return }
        state.withLock { $0.subscription = nil }
        await subscription.close()
        throw TransportError(.unavailable, "the subscription ended by itself")
      }
    }
  }

  /// Finds out who wants a record. What nobody wants is done with at once, and not parsed when its header says so.
  private func take(_ record: DeliveredRecord, from subscription: any TransportSubscription) async {
    if let name = record.record.eventType, let type = try? EventType(validating: name), trie.match(type).isEmpty {
      subscription.acknowledge([record.position])
      return
    }
    let event: Event
    do throws(EventError) {
      event = try Event(parsing: record.record.value)
    } catch {
      await keepUnreadable(record, error)
      subscription.acknowledge([record.position])
      return
    }
    let wanting = handlers(for: event.type)
    guard !wanting.isEmpty else {
      subscription.acknowledge([record.position])
      return
    }
    let change = state.withLock { $0.lanes.add(record, event, for: wanting) }
    apply(change, to: subscription)
  }

  /// Writes bytes that are no event down, however long that takes: nothing behind them is taken in before.
  private func keepUnreadable(_ record: DeliveredRecord, _ error: EventError) async {
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled {
      do {
        try await store.keep(record, error: "no event: \(error)")
        return
      } catch {
        failures += 1
        environment.logger.error("a failed delivery cannot be written down", metadata: ["error": "\(error)"])
        let delay = Self.outageBackoff.delay(attempt: failures, using: &generator)
        try? await environment.clock.sleep(for: delay)
      }
    }
  }

  func apply(_ change: LaneTable.Change, to subscription: (any TransportSubscription)?) {
    guard let subscription else { return }
    if let position = change.acknowledge { subscription.acknowledge([position]) }
    if let partition = change.pause { subscription.pause([partition]) }
    if let partition = change.resume { subscription.resume([partition]) }
  }

  /// Learns which keys of handlers in strict order have a failed delivery before them.
  private func loadBlockedLanes() async {
    let strict = handlers.indices.filter { handlers[$0].options.ordering == .strict }
    guard !strict.isEmpty else { return }
    let names = Dictionary(uniqueKeysWithValues: strict.map { (handlers[$0].name, $0) })
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled {
      do {
        let keys = try await store.unresolvedKeys(of: Array(names.keys))
        let lanes = Set(
          keys.compactMap { key in names[key.handler].map { LaneKey(handler: $0, topic: key.topic, key: key.key) } })
        state.withLock { $0.blocked.formUnion(lanes) }
        return
      } catch {
        failures += 1
        try? await environment.clock.sleep(for: Self.outageBackoff.delay(attempt: failures, using: &generator))
      }
    }
  }
}
