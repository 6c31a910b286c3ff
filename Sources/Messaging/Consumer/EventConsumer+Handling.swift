import Events
import Storage
import Synchronization
import Telemetry

extension EventConsumer {
  private static let outageBackoff = Backoff(first: .milliseconds(100), limit: .seconds(5))

  /// One of the workers: handles deliveries until the consumer stops.
  func work() async {
    while let delivery = await nextDelivery() { await handle(delivery) }
  }

  private func nextDelivery() async -> Delivery? {
    await withCheckedContinuation { continuation in
      let next: Delivery?? = state.withLock { state in
        if state.isStopping { return .some(nil) }
        if let delivery = state.lanes.start() { return .some(delivery) }
        state.idle.append(continuation)
        return nil
      }
      if let next { continuation.resume(returning: next) }
    }
  }

  /// Gives deliveries that may start to workers that wait.
  func startIdleWorkers() {
    while true {
      let pair = state.withLock { state -> (CheckedContinuation<Delivery?, Never>, Delivery)? in
        guard !state.isStopping, !state.idle.isEmpty, let delivery = state.lanes.start() else { return nil }
        return (state.idle.removeLast(), delivery)
      }
      guard let (worker, delivery) = pair else { return }
      worker.resume(returning: delivery)
    }
  }

  private func handle(_ delivery: Delivery) async {
    let handler = handlers[delivery.handler]
    if let lane = delivery.lane, state.withLock({ $0.blocked.contains(lane) }) {
      if await park(delivery, lane) { return }
    }
    do {
      try await attempt(delivery.event, by: delivery.handler)
      finish(delivery)
    } catch is HandlingStopped {
      // The consumer stops: the record is not acknowledged and comes again.
      rest(delivery)
    } catch {
      await recover(delivery, handler, from: error)
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
      finish(delivery)
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
      finish(delivery)
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

  private func finish(_ delivery: Delivery) {
    let (change, subscription, waiters) = state.withLock { state in
      (state.lanes.finish(delivery), state.subscription, Self.takeIdleWaiters(&state))
    }
    apply(change, to: subscription)
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
  func attempt(_ event: Event, by index: Int) async throws {
    let handler = handlers[index]
    let metrics = metrics[index]
    let breaker = environment.breaker("handler:\(environment.name)/\(handler.name)", configuration: Self.pausing)
    let start = environment.clock.uptime()
    defer { metrics.duration.record(environment.clock.uptime() - start) }
    do {
      try await breaker.execute(countsAsFailure: { FailureKind($0) == .outage }) {
        try await runOnce(handler, event)
      }
      metrics.handled.increment()
    } catch is AlreadyHandled {
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

  private func runOnce(_ handler: EventHandler, _ event: Event) async throws {
    let context = environment.context(handling: event, by: handler.name)
    let race = AttemptRace()
    let task = Task {
      do {
        try await withSpan(
          handler.name, parent: context.metadata.traceparent.flatMap { TraceContext(traceparent: $0) },
          kind: .consumer, attributes: ["event_type": event.type.name, "event_id": event.id]
        ) { _ in
          try await handler.body(event, context)
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

  /// Writes the inbox row of a handler that made no transaction.
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
