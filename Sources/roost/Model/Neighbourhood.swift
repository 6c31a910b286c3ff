import JSON

/// A part of the knowledge graph, as the server tells it.
struct Neighbourhood: Sendable, Equatable {
  struct Entity: Sendable, Equatable {
    var id: String
    var name: String
    var type: String
  }

  struct Fact: Sendable, Equatable {
    var id: String
    /// The id of the entity that the fact is about.
    var source: String
    var type: String
    /// The id of the entity that it is related to.
    var target: String
    var confidence: Double?
    var validFrom: String?
    var validTo: String?
  }

  var entities: [Entity]
  var facts: [Fact]

  init(entities: [Entity], facts: [Fact]) {
    self.entities = entities
    self.facts = facts
  }

  init(_ document: JSONValue) throws(CommandError) {
    entities = []
    facts = []
    for item in try document.list("entities") { entities.append(try Entity(item)) }
    for item in try document.list("facts") {
      facts.append(
        Fact(
          id: try item.text("fact_id"), source: try item.text("source"), type: try item.text("type"),
          target: try item.text("target"), confidence: item["confidence"]?.doubleValue,
          validFrom: item["valid_from"]?.stringValue, validTo: item["valid_to"]?.stringValue))
    }
  }
}

extension Neighbourhood.Entity {
  init(_ document: JSONValue) throws(CommandError) {
    self.init(
      id: try document.text("entity_id"), name: DisplayText.printable(try document.text("name")),
      type: DisplayText.printable(try document.text("type")))
  }
}
