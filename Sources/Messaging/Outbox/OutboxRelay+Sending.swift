import Events
import Storage
import Telemetry

extension OutboxRelay {
  /// What one round knows of those before it.
  private struct Progress {
    var keeper: LeaseKeeper
    var holding = LeaseKeeper.Holding()
    var nextRenewal = Duration.zero
    /// When the outbox is read from its beginning again, and not from where the last batch ended.
    var nextWholeRead = Duration.zero
    var pauses = SendingPauses()
    /// Until when the database is left alone, and after how many failures in a row.
    var databaseRest = Duration.zero
    var databaseFailures = 0
    var generator = SystemRandomNumberGenerator()
  }

  private static let databaseBackoff = Backoff(first: .milliseconds(50), limit: .seconds(5))

  /// Round by round until the relay's phase says that it is over.
  func send() async {
    let clock = environment.clock
    var progress = Progress(keeper: LeaseKeeper(clock: clock))
    while true {
      let now = clock.uptime()
      var deadline: Duration?
      switch phase {
      case .running: break
      case .draining(let end) where now < end: deadline = end
      default: return await giveBack(progress.keeper)
      }
      var wakeUp = progress.databaseRest
      if now >= wakeUp {
        do {
          let count = try await sendRound(&progress, isLast: deadline != nil)
          progress.databaseFailures = 0
          if count > 0 { continue }
          if deadline != nil, progress.pauses.isEmpty { return await giveBack(progress.keeper) }
          // Commits of other processes wake nobody here.
          let interval = progress.holding.isShared ? configuration.sharedPollInterval : configuration.pollInterval
          wakeUp = min(now + interval, progress.nextRenewal)
          wakeUp = min(wakeUp, progress.pauses.nextEnd(after: now) ?? wakeUp)
        } catch {
          progress.databaseFailures += 1
          environment.logger.warning("the outbox cannot be used at present", metadata: ["error": "\(error)"])
          progress.databaseRest =
            clock.uptime()
            + Self.databaseBackoff.delay(attempt: progress.databaseFailures, using: &progress.generator)
          wakeUp = progress.databaseRest
        }
      }
      await environment.outboxSignal.wait(until: min(wakeUp, deadline ?? wakeUp), clock: clock)
    }
  }

  /// Renews the leases when it is time, then sends one batch.
  ///
  /// - Parameter isLast: Whether nothing comes after: what waits in memory is written down first.
  /// - Returns: How many rows were tried.
  private func sendRound(_ progress: inout Progress, isLast: Bool) async throws -> Int {
    let clock = environment.clock
    let now = clock.uptime()
    if now >= progress.nextRenewal {
      try await settled.removeAll()
      // What is given back may be another's before this process knows that it was: until then it relies on nothing.
      environment.held.set(LeaseKeeper.Holding())
      progress.holding = try await progress.keeper.renew(environment.database)
      environment.held.set(progress.holding)
      progress.nextRenewal = now + LeaseKeeper.renewalInterval
      // Partitions that are new here may have rows from before.
      progress.nextWholeRead = .zero
      progress.pauses.keep(progress.holding.fences.keys)
      _ = try await pending()
      _ = try await rejected()
    }
    if isLast { try await environment.hostEvents.flush() }
    // Removing has come to a halt: memory is bounded by waiting for it.
    if settled.count >= configuration.batchLimit * 20 { try await settled.removeAll() }
    let open = progress.pauses.open(progress.holding.fences.keys, at: now)
    if open.isEmpty { return 0 }
    let rows = try await read(open, isLast: isLast, &progress)
    // A process that was stopped meanwhile may have lost its leases.
    guard !rows.isEmpty, clock.uptime() < progress.holding.validUntil else { return 0 }
    let outcomes = await append(rows, renewing: progress.keeper, from: progress.nextRenewal)
    settle(rows, outcomes, &progress)
    return rows.count
  }

  /// Reads what is to be sent next.
  ///
  /// As a rule that lies above what was sent last and is not removed yet, which would be read in vain. Rows below are
  /// looked for by the clock: a transaction may commit after one whose sequence is higher. So they are after a failure.
  private func read(
    _ partitions: Set<Int>, isLast: Bool, _ progress: inout Progress
  ) async throws -> [OutboxRow] {
    let now = environment.clock.uptime()
    let isWhole = isLast || now >= progress.nextWholeRead || !progress.pauses.isEmpty
    if isWhole { progress.nextWholeRead = now + configuration.pollInterval }
    let passedOver = isWhole ? settled.sequences : []
    let floor = isWhole ? nil : settled.highest
    return try await environment.database.read { [limit = configuration.batchLimit] tx in
      try OutboxRow.read(limit: limit, of: partitions, above: floor, except: passedOver, in: tx)
    }
  }

  /// Appends the rows, and keeps the lease alive for as long as that takes.
  private func append(
    _ rows: [OutboxRow], renewing keeper: LeaseKeeper, from nextRenewal: Duration
  ) async -> [AppendOutcome] {
    let heartbeat = Task { [environment] in
      var next = nextRenewal
      while (try? await environment.clock.sleep(until: next)) != nil {
        // Counted from before the write: from then on others see the lease renewed.
        next = environment.clock.uptime() + LeaseKeeper.renewalInterval
        do { try await keeper.beat(environment.database) } catch is CancellationError { return } catch {
          environment.logger.warning("a lease could not be renewed", metadata: ["error": "\(error)"])
        }
      }
    }
    defer { heartbeat.cancel() }
    return await environment.transport.append(rows.map(\.record))
  }

  private func settle(_ rows: [OutboxRow], _ outcomes: [AppendOutcome], _ progress: inout Progress) {
    var done: [SettledRow] = []
    done.reserveCapacity(rows.count)
    var failed: Set<Int> = []
    var failure: TransportError?
    var arrived = 0
    for (row, outcome) in zip(rows, outcomes) {
      var refusal: TransportError?
      switch outcome {
      case .appended: arrived += 1
      case .failed(let error) where error.isPermanent: refusal = error
      case .failed(let error):
        failed.insert(row.virtualPartition)
        failure = failure ?? error
        continue
      }
      if let refusal { report(row, refusal) }
      done.append(
        SettledRow(
          sequence: row.sequence, virtualPartition: row.virtualPartition,
          fence: progress.holding.fences[row.virtualPartition] ?? -1, refusal: refusal))
    }
    published.increment(by: arrived)
    settled.add(done)
    progress.pauses.note(
      failed: failed, settled: Set(done.map(\.virtualPartition)), at: environment.clock.uptime(),
      using: &progress.generator)
    if let failure {
      environment.logger.warning("events wait in the outbox", metadata: ["error": "\(failure)"])
    }
  }

  private func report(_ row: OutboxRow, _ refusal: TransportError) {
    environment.logger.error(
      "an event was refused for good",
      metadata: ["event_id": "\(row.record.eventID ?? "")", "error": "\(refusal)"])
  }

  private func giveBack(_ keeper: LeaseKeeper) async {
    environment.held.set(LeaseKeeper.Holding())
    do {
      try await settled.removeAll()
      try await keeper.release(environment.database)
    } catch {
      environment.logger.warning(
        "the outbox's leases could not be given back and will run out", metadata: ["error": "\(error)"])
    }
  }
}
