import JSON

extension Schema {
  /// The schema as JSON Schema 2020-12, which is what OpenAPI 3.1 holds.
  public var document: JSONValue { .object(documentObject) }

  private var documentObject: JSONObject {
    var object: JSONObject = [:]
    switch self {
    case .any: break
    case .boolean: object["type"] = "boolean"
    case .string(let format, let minimum, let maximum, let values):
      object["type"] = "string"
      if let format, format != .withoutNul {
        object["format"] = .string(format.rawValue)
      }
      if let minimum { object["minLength"] = .integer(Int64(minimum)) }
      if let maximum { object["maxLength"] = .integer(Int64(maximum)) }
      if let values { object["enum"] = .array(values.map { .string($0) }) }
    case .integer(let minimum, let maximum):
      object["type"] = "integer"
      if let minimum { object["minimum"] = .integer(minimum) }
      if let maximum { object["maximum"] = .integer(maximum) }
    case .number(let minimum, let maximum):
      object["type"] = "number"
      if let minimum { object["minimum"] = .number(minimum) }
      if let maximum { object["maximum"] = .number(maximum) }
    case .array(let element, let minimum, let maximum):
      object["type"] = "array"
      object["items"] = element.document
      if let minimum { object["minItems"] = .integer(Int64(minimum)) }
      if let maximum { object["maxItems"] = .integer(Int64(maximum)) }
    case .object(let properties, let required, let additional):
      object["type"] = "object"
      if !properties.all.isEmpty {
        var named: JSONObject = [:]
        for property in properties.all { named[property.name] = property.schema.document }
        object["properties"] = .object(named)
      }
      if !required.isEmpty { object["required"] = .array(required.map { .string($0) }) }
      switch additional {
      case .refused: object["additionalProperties"] = .bool(false)
      case .allowed: break
      case .of(let schema): object["additionalProperties"] = schema.document
      }
    case .nullable(let schema): object["anyOf"] = .array([schema.document, .object(["type": "null"])])
    case .anyOf(let schemas): object["anyOf"] = .array(schemas.map(\.document))
    case .ref(let name): object["$ref"] = .string("#/components/schemas/\(name)")
    case .described(let schema, let text):
      object = schema.documentObject
      object["description"] = .string(text)
    }
    return object
  }

  /// The names that this schema, at any depth, refers to.
  var references: Set<String> {
    switch self {
    case .any, .boolean, .string, .integer, .number: []
    case .array(let schema, _, _), .nullable(let schema), .described(let schema, _): schema.references
    case .anyOf(let schemas): schemas.reduce(into: []) { $0.formUnion($1.references) }
    case .ref(let name): [name]
    case .object(let properties, _, let additional):
      properties.all.reduce(into: additional.references) { $0.formUnion($1.schema.references) }
    }
  }
}

extension Schema.Additional {
  var references: Set<String> {
    if case .of(let schema) = self { schema.references } else { [] }
  }
}
