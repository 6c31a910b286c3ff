import MemoryEvents
import RuntimeHost

/// How far the second reading of a memory's text is.
struct ReadingReport: Sendable {
  let state: String
  let attempts: Int
  /// When the model is asked next, while the reading waits.
  let dueAt: Timestamp?
  let error: String?
  let outcome: MemoryEntityExtracted?
  let comparison: OutcomeComparison?

  var document: JSONValue {
    [
      "status": .string(state), "attempts": JSONValue(attempts),
      "due_at": dueAt.map { .string($0.description) } ?? .null, "error": error.map { .string($0) } ?? .null,
    ]
  }
}

extension ReadingStore {
  func report(row: Int64) throws -> ReadingReport? {
    try database.first(
      "SELECT state, attempts, due_at, error, result, comparison FROM model_readings WHERE row_id = ?", row
    ) { row in
      let state = try row.string(0)
      return ReadingReport(
        state: state, attempts: try row.int(1),
        dueAt: state == "waiting" ? Timestamp(microsecondsSinceEpoch: try row.int64(2)) : nil,
        error: try row.optionalString(3),
        outcome: try row.optionalBytes(4).map { try MemoryEntityExtracted(parsing: $0) },
        comparison: try row.optionalBytes(5).flatMap { OutcomeComparison(try JSONValue(parsing: $0)) })
    }
  }
}
