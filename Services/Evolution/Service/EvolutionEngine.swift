import CapabilityEvents
import EvolutionEvents
import RuntimeHost

/// Watches the calls of capabilities, and proposes other limits for one that keeps failing.
struct EvolutionEngine: Sendable {
  let rule: FailurePattern.Rule
  private let calls = CallStore()
  private let proposals = ProposalStore()

  init(rule: FailurePattern.Rule = .init()) {
    self.rule = rule
  }

  /// Learns the limits of a capability; those that the event does not name are the platform's own.
  func learn(_ event: CapabilityRegistered, in tx: ServiceTransaction) throws {
    var limits = CapabilityLimits()
    limits.change(timeoutMs: event.timeoutMs, event.breaker?.failureThreshold, event.breaker?.resetTimeoutMs)
    try calls.save(limits, of: event.capabilityID, in: tx)
  }

  /// Learns changed limits, and ends the implementation that they came from.
  func learn(_ event: CapabilityUpdated, in tx: ServiceTransaction) throws {
    var limits = try calls.limits(of: event.capabilityID, in: tx.database)?.limits ?? CapabilityLimits()
    let old = limits
    limits.change(timeoutMs: event.timeoutMs, event.breaker?.failureThreshold, event.breaker?.resetTimeoutMs)
    try calls.save(limits, of: event.capabilityID, in: tx)
    if limits != old { try calls.judge(event.capabilityID, from: tx.now, in: tx) }
    guard let implementationID = event.implementationID,
      let proposal = try proposals.find(implementation: implementationID, in: tx.database),
      try proposals.move(proposal.id, from: .implementing, to: .implemented, in: tx)
    else { return }
    try tx.publish(
      EvolutionImplementationCompleted(
        proposalID: proposal.id, implementationID: implementationID, changes: .object(proposal.changes)))
  }

  /// Records a call; a failed one may complete a pattern.
  func record(_ call: RecordedCall, of capabilityID: String, in tx: ServiceTransaction) throws {
    if let kind = call.errorKind, RecordedCall.kindsThatDoNotCount.contains(kind) { return }
    try calls.add(call, of: capabilityID, in: tx)
    if call.failed { try look(at: capabilityID, in: tx) }
  }

  /// Publishes a pattern when there is one, and the change that does best on the recorded calls.
  private func look(at capabilityID: String, in tx: ServiceTransaction) throws {
    guard let (limits, judgedFrom) = try calls.limits(of: capabilityID, in: tx.database),
      try !proposals.hasUndecided(for: capabilityID, in: tx.database)
    else { return }
    let recorded = try calls.calls(of: capabilityID, since: judgedFrom, in: tx.database)
    guard let pattern = FailurePattern(in: recorded, rule: rule) else { return }
    let patternID = EventID.make(prefix: "pat_", at: tx.now)
    try proposals.insert(pattern, id: patternID, of: capabilityID, in: tx)
    try tx.publish(
      EvolutionPatternDetected(
        patternID: patternID, patternType: FailurePattern.type, confidence: pattern.confidence,
        dataPoints: pattern.dataPoints, subject: capabilityID))
    // These calls have had their say: the next pattern is made of later ones.
    if let last = recorded.last { try calls.judge(capabilityID, from: last.at, in: tx) }
    let tried = ProposalDraft.candidates(for: pattern, calls: recorded, limits: limits).map { draft in
      (draft: draft, replay: ProposalReplay(of: draft, over: recorded, from: limits))
    }
    guard let best = tried.max(by: { $0.replay.score < $1.replay.score }) else { return }
    try propose(best.draft, best.replay, patternID: patternID, capabilityID: capabilityID, limits: limits, in: tx)
  }

  private func propose(
    _ draft: ProposalDraft, _ replay: ProposalReplay, patternID: String, capabilityID: String,
    limits: CapabilityLimits, in tx: ServiceTransaction
  ) throws {
    let proposal = Proposal(
      id: EventID.make(prefix: "prop_", at: tx.now), patternID: patternID, capabilityID: capabilityID,
      kind: draft.kind.rawValue, description: draft.description, changes: draft.limits.changes(from: limits),
      status: replay.passes ? .validated : .invalid, score: replay.score, evidence: replay.evidence, createdAt: tx.now,
      updatedAt: tx.now)
    try proposals.insert(proposal, in: tx)
    try tx.publish(
      EvolutionProposalGenerated(
        proposalID: proposal.id, proposalType: proposal.kind, description: proposal.description,
        capabilityID: capabilityID, changes: .object(proposal.changes), patternID: patternID))
    try tx.publish(
      EvolutionProposalValidated(
        proposalID: proposal.id, validationResult: replay.passes ? "passed" : "failed", score: replay.score))
  }

  /// A person approves: the change goes to the capability service.
  /// - Returns: The proposal as it is now; nil when there is none of that id.
  func approve(_ id: String, by person: String, in tx: ServiceTransaction) throws -> Proposal? {
    let implementationID = EventID.make(prefix: "impl_", at: tx.now)
    let isMoved = try proposals.move(
      id, from: .validated, to: .implementing, implementationID: implementationID, by: person, in: tx)
    guard let proposal = try proposals.find(id, in: tx.database) else { return nil }
    guard isMoved else { throw Self.notWaiting(proposal) }
    try tx.publish(
      EvolutionImplementationStarted(
        proposalID: id, implementationID: implementationID, capabilityID: proposal.capabilityID,
        changes: .object(proposal.changes)))
    return proposal
  }

  /// A person turns the proposal down.
  /// - Returns: The proposal as it is now; nil when there is none of that id.
  func reject(_ id: String, by person: String, in tx: ServiceTransaction) throws -> Proposal? {
    let isMoved = try proposals.move(id, from: .validated, to: .rejected, by: person, in: tx)
    guard let proposal = try proposals.find(id, in: tx.database) else { return nil }
    guard isMoved else { throw Self.notWaiting(proposal) }
    return proposal
  }

  private static func notWaiting(_ proposal: Proposal) -> Problem {
    .conflict("The proposal does not wait for a decision: it is \(proposal.status.rawValue).")
  }
}

extension CapabilityLimits {
  /// Takes over what an event names.
  fileprivate mutating func change(timeoutMs: Int?, _ failureThreshold: Int?, _ resetTimeoutMs: Int?) {
    if let timeoutMs { timeout = .milliseconds(timeoutMs) }
    breaker = CircuitBreakerConfiguration(
      failureThreshold: failureThreshold ?? breaker.failureThreshold,
      resetTimeout: resetTimeoutMs.map { .milliseconds($0) } ?? breaker.resetTimeout, probes: breaker.probes)
  }
}
