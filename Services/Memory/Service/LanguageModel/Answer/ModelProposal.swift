import RuntimeHost

/// What a model says that a text holds, as it says it: nothing of it is checked against the text.
struct ModelProposal: Sendable, Equatable {
  struct Entity: Sendable, Equatable {
    var text: String
    var name: String
    var type: String
    var confidence: Double
  }

  struct Relationship: Sendable, Equatable {
    var source: String
    var target: String
    var type: String
    var quote: String
    /// The words that say when it holds.
    var when: String?
    var confidence: Double
  }

  /// More of either is no reading of a text, but a model that has lost its thread.
  static let limit = 500

  var entities: [Entity] = []
  var relationships: [Relationship] = []

  /// Reads an answer. Entries that lack what they need are left out; what else is there is not looked at.
  ///
  /// - Returns: `nil` when it is no answer to the question at all.
  init?(_ document: JSONValue) {
    let entities = document["entities"]?.arrayValue
    let relationships = document["relationships"]?.arrayValue
    guard entities != nil || relationships != nil else { return nil }
    self.entities = (entities ?? []).prefix(Self.limit).compactMap(Entity.init)
    self.relationships = (relationships ?? []).prefix(Self.limit).compactMap(Relationship.init)
  }

  init() {}

  var isEmpty: Bool { entities.isEmpty && relationships.isEmpty }

  /// The answer in its own form again, for the cache.
  var document: JSONValue {
    [
      "entities": .array(
        entities.map {
          [
            "text": .string($0.text), "name": .string($0.name), "type": .string($0.type),
            "confidence": .number($0.confidence),
          ]
        }),
      "relationships": .array(
        relationships.map {
          [
            "source": .string($0.source), "target": .string($0.target), "type": .string($0.type),
            "quote": .string($0.quote), "when": $0.when.map { .string($0) } ?? .null,
            "confidence": .number($0.confidence),
          ]
        }),
    ]
  }
}

extension ModelProposal.Entity {
  fileprivate init?(_ value: JSONValue) {
    guard let text = value["text"]?.words ?? value["name"]?.words else { return nil }
    self.init(
      text: text, name: value["name"]?.words ?? text, type: value["type"]?.words ?? "",
      confidence: ModelProposal.confidence(value["confidence"]))
  }
}

extension ModelProposal.Relationship {
  fileprivate init?(_ value: JSONValue) {
    guard let source = value["source"]?.words, let target = value["target"]?.words, let type = value["type"]?.words,
      let quote = value["quote"]?.words
    else { return nil }
    self.init(
      source: source, target: target, type: type, quote: quote, when: value["when"]?.words,
      confidence: ModelProposal.confidence(value["confidence"]))
  }
}

extension ModelProposal {
  /// Models are surer than they are right, and say so in fractions, in percent and in words. Never certain, never
  /// impossible.
  fileprivate static func confidence(_ value: JSONValue?) -> Double {
    guard var confidence = value?.doubleValue ?? value?.stringValue.flatMap(Double.init), confidence.isFinite else {
      return 0.7
    }
    if confidence > 1, confidence <= 100 { confidence /= 100 }
    return min(0.95, max(0.05, confidence))
  }
}

extension JSONValue {
  /// Words that are worth looking for.
  fileprivate var words: String? {
    guard let text = stringValue, (1...2_000).contains(text.utf8.count) else { return nil }
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }
}
