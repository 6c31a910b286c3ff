import JSON

/// A document in the form of Re-DocRED: sentences cut into words, entities with their mentions, and facts between them.
package struct RedocredDocument: Sendable {
  package struct Mention: Sendable {
    package var sentence: Int
    package var words: Range<Int>
    /// `PER`, `ORG`, `LOC`, `TIME`, `NUM` or `MISC`.
    package var type: String
  }

  package struct Fact: Sendable, Hashable {
    /// Entities, by their place in ``RedocredDocument/entities``.
    package var head: Int
    package var tail: Int
    /// A property such as `P131`, or a name of ours such as `located_in`.
    package var relation: String
  }

  /// Why a text is no list of documents.
  package struct FormatError: Error, CustomStringConvertible {
    package let description: String
  }

  package var sentences: [[String]]
  package var entities: [[Mention]]
  package var facts: [Fact]

  package init(sentences: [[String]], entities: [[Mention]], facts: [Fact]) {
    self.sentences = sentences
    self.entities = entities
    self.facts = facts
  }

  /// Reads a list of documents with `sents`, `vertexSet` and `labels`.
  package static func list(parsing bytes: [UInt8]) throws -> [RedocredDocument] {
    guard let documents = try JSONValue(parsing: bytes).arrayValue else {
      throw FormatError(description: "not a list of documents")
    }
    return try documents.enumerated().map { number, value in
      guard let document = RedocredDocument(value) else {
        throw FormatError(description: "document \(number + 1): sents, vertexSet or labels is missing or malformed")
      }
      return document
    }
  }

  private init?(_ value: JSONValue) {
    guard let sentences = value["sents"]?.arrayValue, let entities = value["vertexSet"]?.arrayValue else { return nil }
    self.sentences = []
    self.entities = []
    facts = []
    for sentence in sentences {
      guard let words = sentence.arrayValue else { return nil }
      self.sentences.append(words.map { $0.stringValue ?? "" })
    }
    for entity in entities {
      guard let mentions = entity.arrayValue else { return nil }
      var read: [Mention] = []
      for mention in mentions {
        guard let sentence = mention["sent_id"]?.intValue, self.sentences.indices.contains(sentence),
          let low = mention["pos"]?[0]?.intValue, let high = mention["pos"]?[1]?.intValue, low >= 0, low < high,
          high <= self.sentences[sentence].count, let type = mention["type"]?.stringValue
        else { return nil }
        read.append(Mention(sentence: sentence, words: low..<high, type: type))
      }
      guard !read.isEmpty else { return nil }
      self.entities.append(read)
    }
    for label in value["labels"]?.arrayValue ?? [] {
      guard let head = label["h"]?.intValue, let tail = label["t"]?.intValue, let relation = label["r"]?.stringValue,
        self.entities.indices.contains(head), self.entities.indices.contains(tail)
      else { return nil }
      facts.append(Fact(head: head, tail: tail, relation: relation))
    }
  }
}
