import Extraction
import JSON

extension Extraction {
  /// What was found, as `roost extract --json` answers it.
  ///
  /// - Parameters:
  ///   - id: The line's own id.
  ///   - error: Why the line could not be read.
  func answer(id: JSONValue? = nil, extractor: String? = nil, error: String? = nil) -> JSONValue {
    var object = JSONObject()
    object["id"] = id
    object["entities"] = .array(entities.map(\.answer))
    object["relationships"] = .array(relationships.map(\.answer))
    object["extractor"] = extractor.map { .string($0) }
    object["error"] = error.map { .string($0) }
    return .object(object)
  }
}

extension ExtractedEntity {
  fileprivate var answer: JSONValue {
    [
      "text": .string(text), "name": .string(name), "type": .string(type), "start": JSONValue(start),
      "end": JSONValue(end), "confidence": .number(confidence),
    ]
  }
}

extension ExtractedRelationship {
  fileprivate var answer: JSONValue {
    var object: JSONObject = [
      "source": .string(source), "target": .string(target), "type": .string(type), "confidence": .number(confidence),
      "start": JSONValue(start), "end": JSONValue(end), "text": .string(text), "source_type": .string(sourceType),
      "target_type": .string(targetType),
    ]
    object["valid_from"] = validFrom.map { .string($0) }
    object["valid_to"] = validTo.map { .string($0) }
    return .object(object)
  }
}
