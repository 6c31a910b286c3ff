import Events
import Storage
import Synchronization
import Telemetry

extension EventConsumer {
  private static let outageBackoff = Backoff(first: .milliseconds(100), limit: .seconds(5))

  /// One of the workers: handles deliveries until the consumer stops.
  func work() async {
    while true {
      let deliveries = await nextDeliveries()
      guard let first = deliveries.first else { return }
      if deliveries.count == 1 { await handle(first) } else { await handle(deliveries) }
    }
  }

  /// What to handle next, all of one handler; nothing when the consumer stops.
  private func nextDeliveries() async -> [Delivery] {
    let next = state.withLock { state in state.isStopping ? [] : state.lanes.start() }
    if !next.isEmpty { return next }
    return await withCheckedContinuation { continuation in
      let next: [Delivery]? = state.withLock { state in
        if state.isStopping { return [] }
        let started = state.lanes.start()
        if !started.isEmpty { return started }
        state.idle.append(continuation)
        return nil
      }
      if let next { continuation.resume(returning: next) }
    }
  }

  /// Gives deliveries that may start to workers that wait.
  func startIdleWorkers() {
    while true {
      let pair = state.withLock { state -> (CheckedContinuation<[Delivery], Never>, [Delivery])? in
        guard !state.isStopping, !state.idle.isEmpty else { return nil }
        let started = state.lanes.start()
        return started.isEmpty ? nil : (state.idle.removeLast(), started)
      }
      guard let (worker, deliveries) = pair else { return }
      worker.resume(returning: deliveries)
    }
  }

  private func handle(_ delivery: Delivery) async {
    let handler = handlers[delivery.handler]
    if let lane = delivery.lane, state.withLock({ $0.blocked.contains(lane) }) {
      if await park(delivery, lane) { return }
    }
    do {
      try await attempt([delivery.event], by: delivery.handler)
      finish([delivery])
    } catch is HandlingStopped {
      // The consumer stops: the record is not acknowledged and comes again.
      rest(delivery)
    } catch {
      await recover(delivery, handler, from: error)
    }
  }

  /// Handles several deliveries of one handler together, and each by itself when that fails.
  private func handle(_ deliveries: [Delivery]) async {
    let handler = handlers[deliveries[0].handler]
    // In strict order each may have a failed one before it.
    if handler.options.ordering == .strict { return await handleByThemselves(deliveries) }
    do {
      try await attempt(deliveries.map(\.event), by: deliveries[0].handler)
      finish(deliveries)
    } catch is HandlingStopped {
      for delivery in deliveries { rest(delivery) }
    } catch  where FailureKind(error) == .outage {
      for delivery in deliveries { await recover(delivery, handler, from: error) }
    } catch {
      await handleByThemselves(deliveries)
    }
  }

  private func handleByThemselves(_ deliveries: [Delivery]) async {
    for delivery in deliveries {
      // Those that the stop finds not begun come again.
      if isStopping { rest(delivery) } else { await handle(delivery) }
    }
  }

  private func recover(_ delivery: Delivery, _ handler: EventHandler, from error: any Error) async {
    var next = delivery
    var generator = SystemRandomNumberGenerator()
    let delay: Duration
    switch FailureKind(error) {
    case .outage:
      next.outages += 1
      delay =
        (error as? HandlerPaused)?.retryAfter
        ?? Self.outageBackoff.delay(attempt: next.outages, using: &generator)
    case .transient where delivery.failures + 1 < handler.options.retry.attempts:
      next.failures += 1
      next.outages = 0
      delay = handler.options.retry.backoff.delay(attempt: next.failures, using: &generator)
    case .transient:
      return await fail(delivery, handler, error, isPermanent: false)
    case .permanent:
      return await fail(delivery, handler, error, isPermanent: true)
    }
    environment.logger.debug(
      "a handler failed and will be tried again",
      metadata: [
        "handler": "\(handler.name)", "event_id": "\(delivery.event.id)", "error": "\(error)",
        "failures": "\(next.failures)",
      ])
    rest(delivery)
    tryAgain(next, after: delay)
  }

  /// Writes a delivery down as failed and goes on behind it. While that cannot be written, the delivery keeps its turn:
  /// the offset does not move, and its partition is paused once it is full.
  private func fail(_ delivery: Delivery, _ handler: EventHandler, _ error: any Error, isPermanent: Bool) async {
    do {
      try await store.keep(
        delivery.record, event: delivery.event, handler: handler.name, error: "\(error)",
        attempts: delivery.failures + 1, nextAttemptAfter: isPermanent ? nil : redeliveryDelay(handler, attempt: 1))
      if handler.options.ordering == .strict, let lane = delivery.lane {
        state.withLock { _ = $0.blocked.insert(lane) }
      }
      environment.logger.warning(
        "a delivery failed",
        metadata: [
          "handler": "\(handler.name)", "event_id": "\(delivery.event.id)", "error": "\(error)",
          "correlation_id": "\(delivery.event.metadata.correlationID ?? "")",
        ])
      finish([delivery])
      redeliverySignal.send()
    } catch let failure {
      environment.logger.error("a failed delivery cannot be written down", metadata: ["error": "\(failure)"])
      var next = delivery
      next.outages += 1
      var generator = SystemRandomNumberGenerator()
      rest(delivery)
      tryAgain(next, after: Self.outageBackoff.delay(attempt: next.outages, using: &generator))
    }
  }

  /// In strict order, an event behind a failed one waits in `failed_deliveries` as well.
  /// - Returns: False when nothing is before it any more.
  private func park(_ delivery: Delivery, _ lane: LaneKey) async -> Bool {
    let handler = handlers[delivery.handler]
    do {
      let isParked = try await store.park(delivery.record, event: delivery.event, handler: handler.name, lane: lane)
      guard isParked else {
        state.withLock { _ = $0.blocked.remove(lane) }
        return false
      }
      finish([delivery])
    } catch {
      var next = delivery
      next.outages += 1
      var generator = SystemRandomNumberGenerator()
      rest(delivery)
      tryAgain(next, after: Self.outageBackoff.delay(attempt: next.outages, using: &generator))
    }
    return true
  }

  func redeliveryDelay(_ handler: EventHandler, attempt: Int) -> Duration? {
    guard attempt <= handler.options.retry.redeliveries else { return nil }
    var generator = SystemRandomNumberGenerator()
    return handler.options.retry.redeliveryBackoff.delay(attempt: attempt, using: &generator)
  }

  private func finish(_ deliveries: [Delivery]) {
    let (changes, subscription, waiters) = state.withLock { state in
      (deliveries.map { state.lanes.finish($0) }, state.subscription, Self.takeIdleWaiters(&state))
    }
    for change in changes { apply(change, to: subscription) }
    for waiter in waiters { waiter.resume() }
    startIdleWorkers()
  }

  private func rest(_ delivery: Delivery) {
    let waiters = state.withLock { state in
      state.lanes.rest(delivery)
      return Self.takeIdleWaiters(&state)
    }
    for waiter in waiters { waiter.resume() }
    startIdleWorkers()
  }

  private static func takeIdleWaiters(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    guard !state.idleWaiters.isEmpty else { return [] }
    let ready = state.idleWaiters.filter { state.lanes.isIdle($0.partitions) }
    guard !ready.isEmpty else { return [] }
    let lanes = state.lanes
    state.idleWaiters.removeAll { lanes.isIdle($0.partitions) }
    return ready.map(\.continuation)
  }

  /// Lets a resting delivery have another turn after a while; it holds no worker meanwhile.
  private func tryAgain(_ delivery: Delivery, after delay: Duration) {
    Task { [weak self, clock = environment.clock] in
      try? await clock.sleep(for: delay)
      guard let self else { return }
      self.state.withLock { $0.lanes.requeue(delivery) }
      self.startIdleWorkers()
    }
  }

  /// Runs a handler on an event, once, within its deadline. Returns when the event has taken effect, now or earlier.
  ///
  /// A handler that hangs is left behind: its task is cancelled, its transactions are refused from then on.
  ///
  /// - Parameter events: Of several, all have taken effect now. When one of them had earlier, none has:
  ///   `AlreadyHandled` is thrown.
  func attempt(_ events: [Event], by index: Int) async throws {
    let handler = handlers[index]
    let metrics = metrics[index]
    let breaker = environment.breaker("handler:\(environment.name)/\(handler.name)", configuration: Self.pausing)
    let start = environment.clock.uptime()
    defer { metrics.duration.record(environment.clock.uptime() - start) }
    do {
      try await breaker.execute(countsAsFailure: { FailureKind($0) == .outage }) {
        try await runOnce(handler, events)
      }
      metrics.handled.increment(by: events.count)
    } catch let error as AlreadyHandled {
      // Of several, those that are new take effect by themselves.
      guard events.count == 1 else { throw error }
      metrics.duplicates.increment()
    } catch let error as CircuitOpenError where error.name == breaker.name {
      throw HandlerPaused(retryAfter: max(error.retryAfter, .milliseconds(10)))
    } catch {
      metrics.failures.increment()
      throw error
    }
  }

  /// A handler pauses its intake when what it needs has been away five times in a row.
  private static let pausing = CircuitBreakerConfiguration(failureThreshold: 5, resetTimeout: .seconds(5))

  private func runOnce(_ handler: EventHandler, _ events: [Event]) async throws {
    let context = environment.context(handling: events, by: handler.name)
    let race = AttemptRace()
    let task = Task {
      do {
        try await withSpan(
          handler.name, parent: context.metadata.traceparent.flatMap { TraceContext(traceparent: $0) },
          kind: .consumer, attributes: Self.attributes(of: events)
        ) { _ in
          try await handler.body(events, context)
          try await complete(context)
        }
        race.end(.success(()))
      } catch {
        race.end(.failure(error))
      }
    }
    let end: @Sendable (any Error) -> Void = { error in
      context.call?.invalidate()
      task.cancel()
      race.end(.failure(error))
    }
    let deadline = deadlines.add(after: handler.options.deadline) {
      end(HandlerDeadlineExceeded(handler: handler.name, deadline: handler.options.deadline))
    }
    let (attempt, isLate) = state.withLock { state in
      state.nextAttempt += 1
      state.attempts[state.nextAttempt] = { end(HandlingStopped()) }
      return (state.nextAttempt, state.hasEndedAttempts)
    }
    if isLate { end(HandlingStopped()) }
    defer {
      deadlines.remove(deadline)
      state.withLock { _ = $0.attempts.removeValue(forKey: attempt) }
    }
    try await race.outcome()
  }

  private static func attributes(of events: [Event]) -> [String: String] {
    guard events.count == 1 else { return ["events": "\(events.count)"] }
    return ["event_type": events[0].type.name, "event_id": events[0].id]
  }

  /// Writes the inbox rows of a handler that made no transaction.
  private func complete(_ context: ServiceContext) async throws {
    guard let call = context.call, !call.hasCommitted else { return }
    try await context.transaction { _ in }
  }
}

/// The consumer stopped while a handler was at work.
struct HandlingStopped: Error {}

/// A handler took longer than it may.
struct HandlerDeadlineExceeded: Error, CustomStringConvertible {
  let handler: String
  let deadline: Duration

  var description: String { "\(handler) did not finish within \(deadline)" }
}
