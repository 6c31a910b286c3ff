import Events
import Synchronization
import Telemetry

extension EventConsumer {
  /// Deliveries taken at once.
  private static let redeliveryBatch = 16
  /// The longest sleep: another process, or a clock that jumped, may have made something due.
  private static let longestSleep = Duration.seconds(30)
  private static let outageBackoff = Backoff(first: .milliseconds(200), limit: .seconds(30))

  /// Tries failed deliveries again when they are due, until the consumer stops.
  func redeliver() async {
    let claim = EventID.make(prefix: "claim_")
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled, !isStopping {
      do {
        let due = try await store.claimDue(limit: Self.redeliveryBatch, claim: claim)
        for delivery in due { try await redeliver(delivery, claim: claim) }
        failures = 0
        if due.isEmpty {
          try await forgetResolved()
          await sleepUntilDue()
        }
      } catch {
        // A stop that ends a wait in the database is no trouble of the database's.
        if Task.isCancelled { return }
        failures += 1
        environment.logger.warning("failed deliveries cannot be tried again", metadata: ["error": "\(error)"])
        let delay = Self.outageBackoff.delay(attempt: failures, using: &generator)
        guard (try? await environment.clock.sleep(for: delay)) != nil else { return }
      }
    }
  }

  private func sleepUntilDue() async {
    let due = (try? await store.nextDue()) ?? nil
    let wait = due.map { max(.zero, min($0 - environment.clock.now(), Self.longestSleep)) } ?? Self.longestSleep
    await redeliverySignal.wait(until: environment.clock.uptime() + wait, clock: environment.clock)
  }

  private func redeliver(_ delivery: FailedDelivery, claim: String) async throws {
    guard !isStopping else { return try await store.release(delivery, claim: claim, retryAfter: .zero) }
    let event: Event
    do throws(EventError) {
      event = try Event(parsing: delivery.value)
    } catch {
      return try await store.fail(delivery, claim: claim, error: "no event: \(error)", nextAttemptAfter: nil)
    }
    if delivery.handler.isEmpty {
      let wanting = handlers(for: event.type).map { handlers[$0].name }
      return try await store.handOver(delivery, event: event, to: wanting, claim: claim)
    }
    guard let index = handlers.firstIndex(where: { $0.name == delivery.handler }) else {
      return try await store.fail(
        delivery, claim: claim, error: "the service has no handler \(delivery.handler)", nextAttemptAfter: nil)
    }
    do {
      try await attempt([event], by: index)
      try await store.resolve(delivery, claim: claim)
    } catch is HandlingStopped {
      try await store.release(delivery, claim: claim, retryAfter: .zero)
    } catch {
      try await note(error, of: delivery, by: handlers[index], claim: claim)
    }
  }

  private func note(
    _ error: any Error, of delivery: FailedDelivery, by handler: EventHandler, claim: String
  ) async throws {
    switch FailureKind(error) {
    case .outage:
      try await store.release(
        delivery, claim: claim, retryAfter: (error as? HandlerPaused)?.retryAfter ?? .seconds(5))
    case .permanent:
      try await store.fail(delivery, claim: claim, error: "\(error)", nextAttemptAfter: nil)
    case .transient:
      let done = max(0, delivery.attempts - handler.options.retry.attempts)
      try await store.fail(
        delivery, claim: claim, error: "\(error)", nextAttemptAfter: redeliveryDelay(handler, attempt: done + 2))
    }
  }

  private func forgetResolved() async throws {
    let limit = 500
    let before = environment.clock.now() - configuration.resolvedRetention
    while try await store.prune(before: before, limit: limit) == limit { try Task.checkCancellation() }
  }
}
