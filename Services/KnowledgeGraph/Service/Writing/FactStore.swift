import RuntimeHost

/// The facts and their sources as one transaction writes them.
///
/// A fact is believed while it has a source that holds. Times of belief never go backwards in a fact, whatever the
/// clock does: a change takes the later of now and the fact's last change, and no belief is shorter than a microsecond.
///
/// The facts of an extraction's claims are asked for together, and written together by `write`.
final class FactStore {
  private struct StoredFact {
    let rowID: Int64
    let validFrom: Timestamp
    let confidence: Double
    let knownTo: Timestamp
    let changedAt: Timestamp
  }

  private struct NewFact {
    let id: String
    let claim: Claim
    let belief: Belief
    let time: Timestamp
  }

  /// The row or the id of a source's fact.
  private enum FactReference {
    case row(Int64)
    case id(String)
  }

  private let transaction: Transaction
  private let now: Timestamp
  private let pool: StatementPool
  private var asked: [(claims: ArraySlice<Claim>, use: StatementPool.Use)] = []
  private var known: [Claim: StoredFact] = [:]
  private var newFacts: [NewFact] = []
  private var newSources: [(fact: FactReference, evidence: Evidence, revision: Int64, time: Timestamp)] = []

  init(_ transaction: Transaction, _ pool: StatementPool, now: Timestamp) {
    self.transaction = transaction
    self.pool = pool
    self.now = now
  }

  /// The rows of the facts that have a source in the revision which holds.
  func resting(on revision: Int64) throws -> Set<Int64> {
    try transaction.insertWaitingRows()
    return Set(
      try transaction.query(
        "SELECT DISTINCT fact FROM fact_sources WHERE revision = ? AND withdrawn_at = ?", revision,
        Period.openEnd.microsecondsSinceEpoch
      ) { try $0.int64(0) })
  }

  /// Asks for the facts of these claims, without waiting for the answer.
  func ask(for claims: [Claim]) throws {
    known = [:]
    for group in RowGroups(claims.count) {
      // Each claim is looked up by itself, the way the index has it, and not in a list that a plan might scan for.
      let lookup = """
        SELECT * FROM (SELECT CAST(? AS BIGINT) AS place, id, valid_from, confidence, known_to, changed_at FROM facts
          WHERE source = ? AND target = ? AND type = ? AND stated_from = ? AND valid_to = ?
          ORDER BY known_to DESC LIMIT 1) AS fact
        """
      let use = try pool.take(group.placeholders(lookup, separator: "\nUNION ALL "))
      let find = use.statement
      let claims = claims[group.rows]
      for (place, claim) in claims.enumerated() {
        find.bind(place * 6 + 1, place)
        find.bind(place * 6 + 2, claim.source)
        find.bind(place * 6 + 3, claim.target)
        find.bind(place * 6 + 4, claim.type)
        find.bind(place * 6 + 5, claim.stated.from)
        find.bind(place * 6 + 6, claim.stated.to)
      }
      try find.start()
      asked.append((claims, use))
    }
  }

  private func readFacts() throws {
    for (claims, use) in asked {
      try pool.finish(use) { row in
        known[claims[claims.startIndex + (try row.int(0))]] = StoredFact(
          rowID: try row.int64(1), validFrom: try row.time(2), confidence: try row.double(3),
          knownTo: try row.time(4), changedAt: try row.time(5))
      }
    }
    asked = []
  }

  /// Records the claim's evidence in a revision, and withdraws what the revision before it had for the same fact.
  ///
  /// - Parameters:
  ///   - previous: The facts that rest on the revision replaced; the claim's fact is taken out of them.
  /// The claim's fact has been asked for, unless it cannot be in the graph as one of its entities is new.
  func record(
    _ claim: Claim, _ evidence: [Evidence], revision: Int64, replacing replaced: Int64?, previous: inout Set<Int64>,
    change: inout GraphChange
  ) throws {
    try readFacts()
    let last = known[claim]
    guard let last, last.knownTo == Period.openEnd else {
      return open(claim, evidence, revision: revision, notBefore: last?.knownTo, change: &change)
    }
    let time = max(now, last.changedAt)
    var belief: Belief? = Belief(validFrom: last.validFrom, confidence: last.confidence)
    if let replaced, previous.remove(last.rowID) != nil {
      belief = try self.belief(in: last.rowID, without: replaced)
      try withdrawSources(of: last.rowID, in: replaced, at: time)
    }
    for piece in evidence {
      newSources.append((.row(last.rowID), piece, revision, time))
      belief = Belief(belief, joinedWith: piece)
    }
    if let belief { try update(last.rowID, belief, at: time) }
  }

  /// Takes back what a revision said for a fact. A fact with no other source is believed no longer.
  func retract(_ fact: Int64, revision: Int64, change: inout GraphChange) throws {
    let row = try transaction.first(
      "SELECT fact_id, source, target, known_from, changed_at FROM facts WHERE id = ?", fact
    ) { row in
      (
        factID: try row.string(0), source: try row.int64(1), target: try row.int64(2), knownFrom: try row.time(3),
        changedAt: try row.time(4)
      )
    }
    guard let row else { throw DatabaseError(.other, "a fact of a source has no row") }
    var time = max(now, row.changedAt)
    if let belief = try belief(in: fact, without: revision) {
      try update(fact, belief, at: time)
    } else {
      time = max(time, row.knownFrom + .microseconds(1))
      try transaction.enqueue(
        "UPDATE facts SET known_to = ?, changed_at = ? WHERE id = ?", time.microsecondsSinceEpoch,
        time.microsecondsSinceEpoch, fact)
      change.closed(row.factID, source: row.source, target: row.target)
    }
    try withdrawSources(of: fact, in: revision, at: time)
  }

  /// Writes the facts and the sources that were recorded.
  func write() throws {
    for group in RowGroups(newFacts.count) {
      try transaction.enqueue(
        """
        INSERT INTO facts (fact_id, source, target, type, stated_from, valid_from, valid_to, known_from, known_to,
          changed_at, confidence) VALUES \(group.placeholders("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
        """, newFacts[group.rows].flatMap(Self.values))
    }
    newFacts = []
    for source in newSources {
      let fact =
        switch source.fact {
        case .row: "?"
        case .id: "(SELECT id FROM facts WHERE fact_id = ?)"
        }
      try transaction.insertSoon(
        """
        INSERT INTO fact_sources (fact, revision, span_start, span_end, quote, confidence, valid_from, recorded_at,
          withdrawn_at)
        """, row: "(\(fact), ?, ?, ?, ?, ?, ?, ?, ?)",
        Self.values(source.fact, source.evidence, revision: source.revision, at: source.time))
    }
    newSources = []
  }

  private static func values(_ fact: NewFact) -> [DatabaseValue] {
    let time = DatabaseValue.integer(fact.time.microsecondsSinceEpoch)
    return [
      .text(fact.id), .integer(fact.claim.source), .integer(fact.claim.target), .text(fact.claim.type),
      .integer(fact.claim.stated.from.microsecondsSinceEpoch), .integer(fact.belief.validFrom.microsecondsSinceEpoch),
      .integer(fact.claim.stated.to.microsecondsSinceEpoch), time,
      .integer(Period.openEnd.microsecondsSinceEpoch), time, .real(fact.belief.confidence),
    ]
  }

  private static func values(
    _ fact: FactReference, _ evidence: Evidence, revision: Int64, at time: Timestamp
  ) -> [DatabaseValue] {
    let reference: DatabaseValue =
      switch fact {
      case .row(let row): .integer(row)
      case .id(let id): .text(id)
      }
    return [
      reference, .integer(revision), evidence.start.databaseValue, evidence.end.databaseValue,
      evidence.text.databaseValue, .real(evidence.confidence), .integer(evidence.validFrom.microsecondsSinceEpoch),
      .integer(time.microsecondsSinceEpoch), .integer(Period.openEnd.microsecondsSinceEpoch),
    ]
  }

  private func open(
    _ claim: Claim, _ evidence: [Evidence], revision: Int64, notBefore: Timestamp?, change: inout GraphChange
  ) {
    guard let belief = evidence.reduce(nil, Belief.init(_:joinedWith:)) else { return }
    let time = max(now, notBefore ?? now)
    let id = EventID.make(prefix: "fact_", at: now)
    newFacts.append(NewFact(id: id, claim: claim, belief: belief, time: time))
    for piece in evidence { newSources.append((.id(id), piece, revision, time)) }
    change.opened(id, source: claim.source, target: claim.target)
  }

  private func update(_ fact: Int64, _ belief: Belief, at time: Timestamp) throws {
    try transaction.enqueue(
      "UPDATE facts SET valid_from = ?, confidence = ?, changed_at = ? WHERE id = ?",
      belief.validFrom.microsecondsSinceEpoch, belief.confidence, time.microsecondsSinceEpoch, fact)
  }

  private func withdrawSources(of fact: Int64, in revision: Int64, at time: Timestamp) throws {
    try transaction.insertWaitingRows()
    try transaction.enqueue(
      "UPDATE fact_sources SET withdrawn_at = ? WHERE fact = ? AND revision = ? AND withdrawn_at = ?",
      time.microsecondsSinceEpoch, fact, revision, Period.openEnd.microsecondsSinceEpoch)
  }

  /// What the fact's sources outside the revision say together.
  private func belief(in fact: Int64, without revision: Int64) throws -> Belief? {
    try transaction.insertWaitingRows()
    var belief: Belief?
    try transaction.forEach(
      """
      SELECT valid_from, confidence FROM fact_sources
      WHERE fact = ? AND withdrawn_at = ? AND revision <> ? ORDER BY id
      """, [.integer(fact), .integer(Period.openEnd.microsecondsSinceEpoch), .integer(revision)]
    ) { row in
      belief = Belief(belief, validFrom: try row.time(0), confidence: try row.double(1))
      return true
    }
    return belief
  }
}
