import Extraction
import MemoryEvents
import RuntimeHost

/// The second reading: takes the texts whose offline outcome is stored, asks the model, and publishes what it found as
/// a further outcome of the same text.
///
/// It runs beside the handlers and never in them, so a model that is slow or away delays nothing: what is to be read
/// waits in the database, through restarts, until it was read or given up. An outcome counts when the text is still the
/// memory's own; it then takes the offline one's place in searches, and both stay to be compared.
struct ReadWithModel: Sendable {
  /// Tries of a text that the model cannot cope with, before the offline outcome stays alone.
  static let attempts = 6
  static let backoff = Backoff(first: .seconds(10), factor: 4, limit: .seconds(3_600))
  /// How long a text waits for an endpoint that is away and does not say until when.
  static let wait = Duration.seconds(30)
  /// What another process added is found after this at the latest.
  private static let poll = Duration.seconds(30)

  let settings: ModelSettings
  let names: NameBook
  /// Sent when a reading was asked for.
  let wake: Signal

  func run(_ context: ServiceContext) async throws {
    let extractor = LanguageModelExtractor(settings, in: context)
    let owner = "\(ProcessIdentity.current.text)|\(EventID.make())"
    try await releaseAbandoned(context)
    try await withThrowingDiscardingTaskGroup { group in
      for _ in 0..<settings.concurrency {
        group.addTask { try await work(extractor, owner: owner, context) }
      }
    }
  }

  /// Makes what a process that ended had under way due at once.
  private func releaseAbandoned(_ context: ServiceContext) async throws {
    try await context.transaction { tx in
      let store = ReadingStore(in: tx.database)
      for owner in try store.owners() where ProcessIdentity(parsing: owner)?.isGone == true {
        try store.release(owner: owner, at: tx.now)
      }
    }
  }

  private func work(_ extractor: LanguageModelExtractor, owner: String, _ context: ServiceContext) async throws {
    // A reading asks at most once for each form of an answer and each thing that may be left out.
    let lease = settings.timeout * 6 + .seconds(30)
    while true {
      try Task.checkCancellation()
      if let rest = extractor.support.resting {
        try await context.clock.sleep(for: rest)
        continue
      }
      let reading = try await context.transaction { tx in
        try ReadingStore(in: tx.database).take(owner: owner, for: lease, at: tx.now)
      }
      if let reading {
        try await read(reading, with: extractor, context)
      } else {
        try await waitForMore(extractor, context)
      }
    }
  }

  private func waitForMore(_ extractor: LanguageModelExtractor, _ context: ServiceContext) async throws {
    // Before the wall clock is looked at: time that passes in between makes the wait shorter, not longer.
    let start = context.clock.uptime()
    let (count, firstDue) = try await context.read { try ReadingStore(in: $0).backlog() }
    extractor.metrics.waiting.set(count)
    let pause = firstDue.map { min($0 - context.clock.now(), Self.poll) } ?? Self.poll
    guard pause > .zero else { return }
    await wake.wait(until: start + pause, clock: context.clock)
  }

  private func read(
    _ reading: ModelReading, with extractor: LanguageModelExtractor, _ context: ServiceContext
  ) async throws {
    do {
      let found = try await extractor.read(reading.content, at: reading.storedAt.microsecondsSinceEpoch)
      switch try await store(found, of: reading, by: extractor.version, context) {
      case .stored(let comparison): if let comparison { extractor.metrics.count(comparison) }
      case .outdated: extractor.metrics.discarded.increment()
      }
    } catch let failure as ModelFailure {
      try await put(reading, off: failure, extractor, context)
    } catch is CancellationError {
      // The service stops; whoever runs next shall not have to wait. The task is cancelled, so another one writes.
      let release = Task {
        try await context.transaction { tx in
          try ReadingStore(in: tx.database).postpone(reading, until: tx.now, error: nil, counts: false)
        }
      }
      try? await release.value
      throw CancellationError()
    }
  }

  private enum Stored: Sendable {
    case stored(OutcomeComparison?)
    /// The text was changed or deleted meanwhile, or another has read it.
    case outdated
  }

  /// A list that changes faster than this does not keep the outcome from being stored.
  private static let storings = 5

  /// Stores what was found, with the names that people have listed by then: they hold for the model's outcome too.
  private func store(
    _ found: LanguageModelExtractor.Reading, of reading: ModelReading, by extractor: String, _ context: ServiceContext
  ) async throws -> Stored {
    var storing = 0
    while true {
      storing += 1
      let edition = try await names.edition(context)
      let outcome = ExtractionOutcome(
        edition.names.listed.listing(in: found.extraction, of: reading.content), of: reading.memoryID,
        version: reading.memoryVersion, extractor: extractor, storedAt: reading.storedAt,
        precedence: ExtractionOutcome.modelPrecedence
      ).payload
      do {
        return try await context.transaction { [storing] tx in
          let listed = try NameListVersions.read(in: tx.database).listed
          if storing < Self.storings, listed != edition.versions.listed { throw NamesChanged(listed: listed) }
          return try Self.store(outcome, found, of: reading, in: tx)
        }
      } catch let change as NamesChanged {
        names.note(change)
      }
    }
  }

  private static func store(
    _ outcome: MemoryEntityExtracted, _ found: LanguageModelExtractor.Reading, of reading: ModelReading,
    in tx: ServiceTransaction
  ) throws -> Stored {
    let store = ReadingStore(in: tx.database)
    guard try store.isCurrent(reading) else { return .outdated }
    let entities = EntityIndex(in: tx.database)
    let offline = try entities.outcome(row: reading.rowID)
    let comparison = offline.map { OutcomeComparison(offline: $0, model: outcome) }
    try entities.index(outcome.entities, row: reading.rowID)
    try store.finish(reading, with: outcome, comparison, at: tx.now)
    if let answer = found.answer {
      try AnswerCache(in: tx.database).save(answer, to: found.textHash, by: outcome.extractor, at: tx.now)
    }
    try tx.publish(outcome, metadata: reading.flow)
    return .stored(comparison)
  }

  /// Lets a reading wait, or gives it up.
  private func put(
    _ reading: ModelReading, off failure: ModelFailure, _ extractor: LanguageModelExtractor, _ context: ServiceContext
  ) async throws {
    var generator = SystemRandomNumberGenerator()
    let isLast = failure.consequence == .triesAgain && reading.attempts + 1 >= Self.attempts
    if failure.consequence == .givesUp || isLast {
      extractor.metrics.countFallback("offline")
      context.logger.warning(
        "a memory could not be read by the language model",
        metadata: ["memory_id": "\(reading.memoryID)", "error": "\(failure)"])
      try await context.transaction { tx in
        try ReadingStore(in: tx.database).giveUp(reading, error: failure.message)
      }
      return
    }
    let counts = failure.consequence == .triesAgain
    let delay =
      failure.retryAfter
      ?? (counts ? Self.backoff.delay(attempt: reading.attempts + 1, using: &generator) : Self.wait)
    if failure.asksForRest { extractor.support.rest(for: delay) }
    context.logger.debug(
      "the language model is asked later",
      metadata: ["memory_id": "\(reading.memoryID)", "error": "\(failure)", "delay": "\(delay)"])
    try await context.transaction { tx in
      try ReadingStore(in: tx.database).postpone(
        reading, until: tx.now + delay, error: failure.message, counts: counts)
    }
  }
}

extension ModelFailure {
  /// Whether the other texts need not try meanwhile: they would be told the same.
  fileprivate var asksForRest: Bool {
    switch kind {
    case .rateLimited, .refused, .unreachable, .paused: true
    case .serverError: retryAfter != nil
    default: false
    }
  }
}
