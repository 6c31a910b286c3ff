import RuntimeHost

/// A memory that a search found, and why.
struct SearchHit: Sendable {
  /// One reason.
  enum Reason: Sendable {
    /// The text holds these words of the question; the snippet shows the first of them.
    case words([String], snippet: String)
    /// The text names this entity.
    case entity(EntityIndex.Entry)
  }

  var memory: Memory
  /// Higher is better; comparable inside one search only.
  var score: Double
  var reasons: [Reason]

  var json: JSONValue {
    .object([
      "memory": .object(memory.json), "score": .number(score), "matches": .array(reasons.map(\.json)),
    ])
  }
}

extension SearchHit.Reason {
  var json: JSONValue {
    switch self {
    case .words(let terms, let snippet):
      .object(["kind": "words", "terms": .array(terms.map(JSONValue.string)), "snippet": .string(snippet)])
    case .entity(let entry):
      .object([
        "kind": "entity", "name": .string(entry.name), "type": .string(entry.type),
        "confidence": .number(entry.confidence),
      ])
    }
  }
}
