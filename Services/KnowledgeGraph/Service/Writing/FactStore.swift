import RuntimeHost

/// The facts and their sources as one transaction writes them.
///
/// A fact is believed while it has a source that holds. Times of belief never go backwards in a fact, whatever the
/// clock does: a change takes the later of now and the fact's last change, and no belief is shorter than a microsecond.
struct FactStore {
  private let transaction: Transaction
  private let now: Timestamp
  private let find: Statement
  private let insertFact: Statement
  private let insertSource: Statement
  private let updateFact: Statement

  init(_ transaction: Transaction, now: Timestamp) throws {
    self.transaction = transaction
    self.now = now
    find = try transaction.prepare(
      """
      SELECT id, valid_from, confidence, known_to, changed_at FROM facts
      WHERE source = ? AND target = ? AND type = ? AND stated_from = ? AND valid_to = ?
      ORDER BY known_to DESC LIMIT 1
      """)
    insertFact = try transaction.prepare(
      """
      INSERT INTO facts (fact_id, source, target, type, stated_from, valid_from, valid_to, known_from, known_to,
        changed_at, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """)
    insertSource = try transaction.prepare(
      """
      INSERT INTO fact_sources (fact, revision, span_start, span_end, quote, confidence, valid_from, recorded_at,
        withdrawn_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    updateFact = try transaction.prepare(
      "UPDATE facts SET valid_from = ?, confidence = ?, changed_at = ? WHERE id = ?")
  }

  /// The rows of the facts that have a source in the revision which holds.
  func resting(on revision: Int64) throws -> Set<Int64> {
    Set(
      try transaction.query(
        "SELECT DISTINCT fact FROM fact_sources WHERE revision = ? AND withdrawn_at = ?", revision,
        Period.openEnd.microsecondsSinceEpoch
      ) { try $0.int64(0) })
  }

  /// Records the claim's evidence in a revision, and withdraws what the revision before it had for the same fact.
  ///
  /// - Parameters:
  ///   - previous: The facts that rest on the revision replaced; the claim's fact is taken out of them.
  ///   - isUnknown: Whether the claim cannot be in the graph, as one of its entities is new.
  func record(
    _ claim: Claim, _ evidence: [Evidence], revision: Int64, replacing replaced: Int64?, previous: inout Set<Int64>,
    isUnknown: Bool, change: inout GraphChange
  ) throws {
    let last = isUnknown ? nil : try lastFact(claim)
    guard let last, last.knownTo == Period.openEnd else {
      return try open(claim, evidence, revision: revision, notBefore: last?.knownTo, change: &change)
    }
    let time = max(now, last.changedAt)
    var belief: Belief? = Belief(validFrom: last.validFrom, confidence: last.confidence)
    if let replaced, previous.remove(last.rowID) != nil {
      belief = try self.belief(in: last.rowID, without: replaced)
      try withdrawSources(of: last.rowID, in: replaced, at: time)
    }
    for piece in evidence {
      try insert(piece, fact: last.rowID, revision: revision, at: time)
      belief = Belief(belief, joinedWith: piece)
    }
    guard let belief else { return }
    updateFact.bind(1, belief.validFrom)
    updateFact.bind(2, belief.confidence)
    updateFact.bind(3, time)
    updateFact.bind(4, last.rowID)
    try updateFact.run()
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
      updateFact.bind(1, belief.validFrom)
      updateFact.bind(2, belief.confidence)
      updateFact.bind(3, time)
      updateFact.bind(4, fact)
      try updateFact.run()
    } else {
      time = max(time, row.knownFrom + .microseconds(1))
      try transaction.execute(
        "UPDATE facts SET known_to = ?, changed_at = ? WHERE id = ?", time.microsecondsSinceEpoch,
        time.microsecondsSinceEpoch, fact)
      change.closed(row.factID, source: row.source, target: row.target)
    }
    try withdrawSources(of: fact, in: revision, at: time)
  }

  private struct StoredFact {
    let rowID: Int64
    let validFrom: Timestamp
    let confidence: Double
    let knownTo: Timestamp
    let changedAt: Timestamp
  }

  private func lastFact(_ claim: Claim) throws -> StoredFact? {
    find.bind(1, claim.source)
    find.bind(2, claim.target)
    find.bind(3, claim.type)
    find.bind(4, claim.stated.from)
    find.bind(5, claim.stated.to)
    var fact: StoredFact?
    try find.forEach { row in
      fact = StoredFact(
        rowID: try row.int64(0), validFrom: try row.time(1), confidence: try row.double(2), knownTo: try row.time(3),
        changedAt: try row.time(4))
      return false
    }
    return fact
  }

  private func open(
    _ claim: Claim, _ evidence: [Evidence], revision: Int64, notBefore: Timestamp?, change: inout GraphChange
  ) throws {
    guard let belief = evidence.reduce(nil, Belief.init(_:joinedWith:)) else { return }
    let time = max(now, notBefore ?? now)
    let id = EventID.make(prefix: "fact_", at: now)
    insertFact.bind(1, id)
    insertFact.bind(2, claim.source)
    insertFact.bind(3, claim.target)
    insertFact.bind(4, claim.type)
    insertFact.bind(5, claim.stated.from)
    insertFact.bind(6, belief.validFrom)
    insertFact.bind(7, claim.stated.to)
    insertFact.bind(8, time)
    insertFact.bind(9, Period.openEnd)
    insertFact.bind(10, time)
    insertFact.bind(11, belief.confidence)
    let row = try insertFact.insertedRow()
    for piece in evidence { try insert(piece, fact: row, revision: revision, at: time) }
    change.opened(id, source: claim.source, target: claim.target)
  }

  private func insert(_ evidence: Evidence, fact: Int64, revision: Int64, at time: Timestamp) throws {
    insertSource.bind(1, fact)
    insertSource.bind(2, revision)
    insertSource.bind(3, evidence.start.map(Int64.init))
    insertSource.bind(4, evidence.end.map(Int64.init))
    insertSource.bind(5, evidence.text)
    insertSource.bind(6, evidence.confidence)
    insertSource.bind(7, evidence.validFrom)
    insertSource.bind(8, time)
    insertSource.bind(9, Period.openEnd)
    try insertSource.run()
  }

  private func withdrawSources(of fact: Int64, in revision: Int64, at time: Timestamp) throws {
    try transaction.execute(
      "UPDATE fact_sources SET withdrawn_at = ? WHERE fact = ? AND revision = ? AND withdrawn_at = ?",
      time.microsecondsSinceEpoch, fact, revision, Period.openEnd.microsecondsSinceEpoch)
  }

  /// What the fact's sources outside the revision say together.
  private func belief(in fact: Int64, without revision: Int64) throws -> Belief? {
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
