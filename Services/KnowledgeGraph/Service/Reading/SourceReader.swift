import RuntimeHost

/// Reads what facts rest on.
struct SourceReader {
  private let transaction: Transaction

  init(_ transaction: Transaction) { self.transaction = transaction }

  /// The fact's sources in the order in which they were recorded, those that were withdrawn included.
  ///
  /// - Parameter row: The last source of the page before.
  /// - Returns: `nil` when there is no such fact.
  func page(of factID: String, after row: Int64?, limit: Int) throws -> [FactSource]? {
    guard let fact = try transaction.first("SELECT id FROM facts WHERE fact_id = ?", factID, map: { try $0.int64(0) })
    else { return nil }
    return try transaction.query(
      """
      SELECT \(Self.columns) FROM fact_sources s JOIN revisions r ON r.id = s.revision
      WHERE s.fact = ? AND s.id > ? ORDER BY s.id LIMIT ?
      """, fact, row ?? 0, limit, map: Self.source)
  }

  /// What facts ever took from a memory, in the order in which it was recorded: of each extractor's version, when it
  /// was believed.
  ///
  /// - Parameter row: The last source of the page before.
  /// - Returns: `nil` when the graph was never told of the memory.
  func page(ofMemory memoryID: String, after row: Int64?, limit: Int) throws -> [MemoryFact]? {
    let found = try transaction.query(
      """
      SELECT \(Self.columns), f.id, f.fact_id, f.source, f.target, f.type, f.valid_from, f.valid_to, f.known_from,
        f.known_to, f.confidence
      FROM revisions r JOIN fact_sources s ON s.revision = r.id JOIN facts f ON f.id = s.fact
      WHERE r.memory_id = ? AND s.id > ? ORDER BY s.id LIMIT ?
      """, memoryID, row ?? 0, limit
    ) { MemoryFact(fact: try Fact($0, from: 11), source: try Self.source($0)) }
    if !found.isEmpty { return found }
    let isKnown = try transaction.first("SELECT 1 FROM revisions WHERE memory_id = ? LIMIT 1", memoryID) { _ in true }
    return isKnown == nil ? nil : []
  }

  private static let columns =
    """
    s.id, r.event_id, r.memory_id, r.memory_version, r.extractor, s.span_start, s.span_end, s.quote, s.confidence,
    s.recorded_at, s.withdrawn_at
    """

  private static func source(_ row: Row) throws -> FactSource {
    let withdrawnAt = try row.time(10)
    return FactSource(
      rowID: try row.int64(0), eventID: try row.string(1), memoryID: try row.string(2),
      memoryVersion: try row.int(3), extractor: try row.optionalString(4), start: try row.optionalInt(5),
      end: try row.optionalInt(6), text: try row.optionalString(7), confidence: try row.double(8),
      recordedAt: try row.time(9), withdrawnAt: withdrawnAt == Period.openEnd ? nil : withdrawnAt)
  }
}
