import RuntimeHost

/// Reads the facts of one state of the graph.
///
/// Now, a fact's confidence and the start of its validity are as stored. At another known time they are what the
/// sources that held then say together.
struct FactReader {
  private let transaction: Transaction
  private let asOf: AsOf

  init(_ transaction: Transaction, asOf: AsOf) {
    self.transaction = transaction
    self.asOf = asOf
  }

  /// Calls `body` with each fact that touches one of the entities, by either end, until it returns false. A fact
  /// between two of them may come twice.
  func forEachFact(touching entities: [Int64], _ body: (Fact) throws -> Bool) throws {
    try RowIDChunks(entities).forEach { chunk in
      var goesOn = true
      let visit: (Fact) throws -> Bool = { fact in
        if let time = asOf.validAt, !fact.valid.contains(time) { return true }
        goesOn = try body(fact)
        return goesOn
      }
      if let time = asOf.knownAt {
        try forEachFact(of: chunk, knownAt: time, visit)
      } else {
        try forEachFact(of: chunk, visit)
      }
      return goesOn
    }
  }

  private static let columns =
    "f.id, f.fact_id, f.source, f.target, f.type, f.valid_from, f.valid_to, f.known_from, f.known_to, f.confidence"

  private static let touching =
    """
    f.id IN (SELECT id FROM facts WHERE source IN (\(RowIDChunks.placeholders))
      UNION SELECT id FROM facts WHERE target IN (\(RowIDChunks.placeholders)))
    """

  private static let currentFacts =
    "SELECT \(columns) FROM facts f WHERE \(touching) AND f.known_to = ? ORDER BY f.id"

  private static let pastFacts =
    """
    SELECT \(columns), s.valid_from, s.confidence
    FROM facts f JOIN fact_sources s ON s.fact = f.id AND s.recorded_at <= ? AND s.withdrawn_at > ?
    WHERE \(touching) AND f.known_from <= ? AND f.known_to > ? ORDER BY f.id, s.id
    """

  private func forEachFact(of chunk: [DatabaseValue], _ body: (Fact) throws -> Bool) throws {
    let now = DatabaseValue.integer(Period.openEnd.microsecondsSinceEpoch)
    try transaction.forEach(Self.currentFacts, chunk + chunk + [now]) { row in try body(try Fact(row)) }
  }

  private func forEachFact(of chunk: [DatabaseValue], knownAt time: Timestamp, _ body: (Fact) throws -> Bool) throws {
    let time = DatabaseValue.integer(time.microsecondsSinceEpoch)
    var pending: (fact: Fact, belief: Belief)?
    var goesOn = true
    func flush() throws -> Bool {
      guard let finished = pending else { return true }
      var fact = finished.fact
      fact.valid.from = finished.belief.validFrom
      fact.confidence = finished.belief.confidence
      pending = nil
      return try body(fact)
    }
    try transaction.forEach(Self.pastFacts, [time, time] + chunk + chunk + [time, time]) { row in
      let fact = try Fact(row)
      let isSame = pending?.fact.rowID == fact.rowID
      let belief = Belief(
        isSame ? pending?.belief : nil, validFrom: try row.time(10), confidence: try row.double(11))
      if !isSame { goesOn = try flush() }
      pending = (fact, belief)
      return goesOn
    }
    if goesOn { _ = try flush() }
  }
}

extension Fact {
  /// Reads the columns from the first of them on.
  init(_ row: Row, from first: Int = 0) throws {
    self.init(
      rowID: try row.int64(first), factID: try row.string(first + 1), source: try row.int64(first + 2),
      target: try row.int64(first + 3), type: try row.string(first + 4), valid: try row.period(first + 5, first + 6),
      known: try row.period(first + 7, first + 8), confidence: try row.double(first + 9))
  }
}
