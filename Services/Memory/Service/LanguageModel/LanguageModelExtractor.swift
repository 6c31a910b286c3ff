import Extraction
import RuntimeHost

/// Reads texts by asking a language model at an OpenAI-compatible endpoint.
///
/// It asks for JSON by a schema, else for JSON, else in plain words, as far as the endpoint goes along, and repairs what
/// comes. Of the answer only what the text bears out is taken. Every call is within the day's tokens and behind a
/// circuit breaker. One value may serve any number of tasks.
struct LanguageModelExtractor: EntityExtractor {
  /// What was read, and what is worth keeping for the next time.
  struct Reading: Sendable {
    let extraction: Extraction
    /// What the model said; `nil` when that was kept already.
    let answer: JSONValue?
    let textHash: String
  }

  /// The breaker's name, which its events go by.
  static let breakerName = "memory:language-model"
  /// The most that a model may write about one text, in tokens.
  private static let answerTokens = 8_192
  /// An English text has four bytes a token; other scripts have fewer.
  private static let bytesPerToken = 3

  let version: String
  let support: ChatSupport
  let metrics: ModelMetrics
  private let endpoint: ChatEndpoint
  private let tokensPerDay: Int
  private let context: ServiceContext

  init(_ settings: ModelSettings, in context: ServiceContext) {
    version = "llm:\(settings.model)/\(ExtractionPrompt.version)"
    support = ChatSupport(clock: context.clock)
    metrics = ModelMetrics(context.metrics)
    endpoint = ChatEndpoint(settings)
    tokensPerDay = settings.tokensPerDay
    self.context = context
  }

  func extract(from text: String, at time: Int64?, knowing names: KnownNames) async throws -> Extraction {
    names.listed.listing(in: try await read(text, at: time).extraction, of: text)
  }

  /// Reads a text, or takes what the model said of the same text earlier.
  ///
  /// - Throws: `ModelFailure`, `DatabaseError`, `CancellationError`.
  func read(_ text: String, at time: Int64?) async throws -> Reading {
    let hash = AnswerCache.hash(of: text)
    let kept = try await context.transaction { [version] tx in
      try AnswerCache(in: tx.database).answer(to: hash, by: version, at: tx.now)
    }
    if let proposal = kept.flatMap(ModelProposal.init) {
      metrics.cacheHits.increment()
      return Reading(extraction: try check(proposal, text, time), answer: nil, textHash: hash)
    }
    let proposal = try await ask(about: text)
    return Reading(extraction: try check(proposal, text, time), answer: proposal.document, textHash: hash)
  }

  private func check(_ proposal: ModelProposal, _ text: String, _ time: Int64?) throws(ModelFailure) -> Extraction {
    let check = EvidenceCheck(proposal, text: text, at: time)
    metrics.rejected.increment(by: check.rejected)
    guard proposal.isEmpty || check.extraction != Extraction() else {
      throw ModelFailure(.noEvidence, "nothing of what the model said is in the text")
    }
    return check.extraction
  }

  /// Asks as the endpoint can take it, leaving out what it refuses.
  private func ask(about text: String) async throws -> ModelProposal {
    let messages = ExtractionPrompt.messages(for: text)
    let answerTokens = min(Self.answerTokens, 1_024 + text.utf8.count)
    var options = support.options
    var leftOut: [ChatOptions.Feature] = []
    while true {
      do {
        let body = endpoint.body(messages, answerTokens: answerTokens, options)
        let answer = try await call(body, answerTokens: answerTokens)
        // A refusal is worth remembering when the same question was answered without what was refused.
        support.refuse(leftOut)
        leftOut = []
        if let found = JSONRepair.document(answer.content), let proposal = ModelProposal(found.value) {
          if found.isRepaired { metrics.repairs.increment() }
          return proposal
        }
        guard let step = options.drop(nil) else {
          throw ModelFailure(.unreadable, "the model's answer is not the JSON that it was asked for")
        }
        metrics.countFallback(step.rawValue)
      } catch let failure as ModelFailure where failure.kind == .badRequest {
        guard let step = options.drop(failure.feature) else { throw failure }
        leftOut.append(step)
        metrics.countFallback(step.rawValue)
      }
    }
  }

  private func call(_ body: [UInt8], answerTokens: Int) async throws -> ChatAnswer {
    let sent = body.count / Self.bytesPerToken
    let most = sent + answerTokens
    let limit = tokensPerDay
    guard most <= limit else {
      throw ModelFailure(.tooLong, "reading the text may take \(most) tokens, more than a day allows")
    }
    let (wait, time) = try await context.transaction { tx in
      (try TokenBudget(in: tx.database).reserve(most, limit: limit, at: tx.now), tx.now)
    }
    if let wait { throw ModelFailure(.limitReached, "the day's tokens are used up", retryAfter: wait) }
    do {
      let answer = try await context.breaker(Self.breakerName).execute(
        countsAsFailure: { ($0 as? ModelFailure)?.countsForBreaker ?? true }
      ) { try await endpoint.send(body) }
      let prompt = answer.promptTokens ?? sent
      let completion = answer.completionTokens ?? answer.content.utf8.count / Self.bytesPerToken
      metrics.countCall("answered")
      metrics.promptTokens.increment(by: prompt)
      metrics.completionTokens.increment(by: completion)
      try await settle(most, used: prompt + completion, reservedAt: time)
      return answer
    } catch let error as CircuitOpenError {
      try await settle(most, used: 0, reservedAt: time)
      throw ModelFailure(.paused, error.description, retryAfter: error.retryAfter)
    } catch let failure as ModelFailure {
      metrics.countCall(failure.kind.rawValue)
      if !failure.mayHaveCost { try await settle(most, used: 0, reservedAt: time) }
      throw failure
    }
  }

  private func settle(_ reserved: Int, used: Int, reservedAt time: Timestamp) async throws {
    try await context.transaction { tx in
      try TokenBudget(in: tx.database).settle(reserved: reserved, used: used, reservedAt: time)
    }
  }
}
