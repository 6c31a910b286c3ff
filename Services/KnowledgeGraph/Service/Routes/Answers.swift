import RuntimeHost

extension Entity {
  /// As a list shows it.
  var answer: JSONValue { .object(fields) }

  var detailAnswer: JSONValue {
    var fields = fields
    fields["known_from"] = known.from.answer
    fields["known_to"] = known.to.answer
    return .object(fields)
  }

  /// As a neighbourhood or a path shows it.
  var referenceAnswer: JSONValue {
    ["entity_id": .string(entityID), "name": .string(name), "type": .string(type)]
  }

  private var fields: JSONObject {
    [
      "entity_id": .string(entityID), "name": .string(name), "type": .string(type),
      "aliases": .array(aliases.map { .string($0) }), "fact_count": JSONValue(factCount),
      "first_seen_at": known.from.answer,
    ]
  }
}

extension Fact {
  /// - Parameter entities: The entities at its ends, by their rows.
  func answer(_ entities: [Int64: Entity]) -> JSONValue {
    [
      "fact_id": .string(factID), "source": .string(entities[source]?.entityID ?? ""), "type": .string(type),
      "target": .string(entities[target]?.entityID ?? ""), "confidence": .number(confidence),
      "valid_from": valid.from.answer, "valid_to": valid.to.answer, "known_from": known.from.answer,
      "known_to": known.to.answer,
    ]
  }
}

extension FactSource {
  var answer: JSONValue {
    [
      "event_id": .string(eventID), "memory_id": .string(memoryID), "memory_version": JSONValue(memoryVersion),
      "start": start.map { JSONValue($0) } ?? .null, "end": end.map { JSONValue($0) } ?? .null,
      "text": text.map { .string($0) } ?? .null, "extractor": extractor.map { .string($0) } ?? .null,
      "confidence": .number(confidence), "recorded_at": recordedAt.answer,
      "withdrawn_at": withdrawnAt?.answer ?? .null,
    ]
  }
}

extension Neighbourhood {
  var answer: JSONValue {
    let byRow = Dictionary(entities.map { ($0.rowID, $0) }, uniquingKeysWith: { first, _ in first })
    return [
      "entities": .array(entities.map(\.referenceAnswer)), "facts": .array(facts.map { $0.answer(byRow) }),
      "truncated": .bool(isTruncated),
    ]
  }
}

extension PathSearch {
  var answer: JSONValue {
    let paths = paths.map { path -> JSONValue in
      let byRow = Dictionary(path.entities.map { ($0.rowID, $0) }, uniquingKeysWith: { first, _ in first })
      return [
        "entities": .array(path.entities.map(\.referenceAnswer)),
        "facts": .array(path.facts.map { $0.answer(byRow) }),
      ]
    }
    return ["paths": .array(paths), "truncated": .bool(isTruncated)]
  }
}

extension Timestamp {
  /// The time's text; null for an open end.
  fileprivate var answer: JSONValue {
    self == Period.openStart || self == Period.openEnd ? .null : .string(description)
  }
}
