import JSON

extension SchemaReader {
  /// Reads an object schema with properties.
  mutating func structure(
    _ schema: JSONObject, named name: String, at pointer: String
  ) throws(GeneratorError) -> EventSchema.Structure {
    let properties = try object(schema["properties"] ?? .object(JSONObject()), at: pointer + "/properties")
    let required = try strings("required", in: schema, at: pointer)
    for (index, name) in required.enumerated() where properties[name] == nil {
      throw error("\(pointer)/required/\(index)", "there is no property \"\(name)\"")
    }
    var structure = EventSchema.Structure(name: name, documentation: documentation(of: schema), properties: [])
    var spellings: [String: String] = [:]
    for (name, value) in properties {
      let place = "\(pointer)/properties/\(Self.escaped(name))"
      let swiftName = SwiftName.member(name)
      guard SwiftName.isIdentifier(swiftName), Self.isPlain(name) else {
        throw error(place, "\"\(name)\" cannot name a Swift property")
      }
      if let other = spellings.updateValue(name, forKey: swiftName) {
        throw error(place, "\"\(name)\" and \"\(other)\" are both \(swiftName) in Swift")
      }
      guard !Self.ownMembers.contains(swiftName) else {
        throw error(place, "\(swiftName) is a name that generated types use themselves")
      }
      let shape = try shape(value, suggestedName: SwiftName.type(name), at: place)
      structure.properties.append(
        EventSchema.Property(
          name: name, swiftName: swiftName, documentation: try documentation(of: object(value, at: place)),
          shape: shape, isRequired: required.contains(name)))
    }
    return structure
  }

  /// Reads the schema of any value. `suggestedName` names the Swift type if the schema makes one.
  mutating func shape(
    _ value: JSONValue, suggestedName: String, at pointer: String
  ) throws(GeneratorError) -> Shape {
    let schema = try object(value, at: pointer)
    if schema["$ref"] != nil { return try reference(schema, at: pointer) }
    guard schema["type"] != nil else {
      try allow([], in: schema, at: pointer)
      return .any
    }
    let type = try string("type", in: schema, at: pointer)
    switch type {
    case "string": return try stringShape(schema, suggestedName: suggestedName, at: pointer)
    case "integer":
      try allow(["type", "minimum", "maximum"], in: schema, at: pointer)
      return .integer(
        try limits("minimum", "maximum", at: pointer) { (key, place) throws(GeneratorError) in
          try integer(key, in: schema, at: place)
        })
    case "number":
      try allow(["type", "minimum", "maximum"], in: schema, at: pointer)
      return .number(
        try limits("minimum", "maximum", at: pointer) { (key, place) throws(GeneratorError) in
          guard let value = schema[key] else { return nil }
          guard let number = value.doubleValue else { throw error("\(place)/\(key)", "must be a number") }
          return number
        })
    case "boolean":
      try allow(["type"], in: schema, at: pointer)
      return .boolean
    case "array": return try arrayShape(schema, suggestedName: suggestedName, at: pointer)
    case "object": return try objectShape(schema, suggestedName: suggestedName, at: pointer)
    default: throw error(pointer + "/type", "the generator knows no type \"\(type)\"")
    }
  }

  private mutating func stringShape(
    _ schema: JSONObject, suggestedName: String, at pointer: String
  ) throws(GeneratorError) -> Shape {
    if schema["enum"] != nil {
      try allow(["type", "enum"], in: schema, at: pointer)
      let values = try strings("enum", in: schema, at: pointer)
      guard !values.isEmpty else { throw error(pointer + "/enum", "must name at least one value") }
      var members: Set<String> = []
      for (index, value) in values.enumerated() {
        let member = SwiftName.member(value)
        guard SwiftName.isIdentifier(member), Self.isPlain(value), !["known", "rawValue"].contains(member) else {
          throw error("\(pointer)/enum/\(index)", "\"\(value)\" cannot name a Swift constant")
        }
        guard members.insert(member).inserted else {
          throw error("\(pointer)/enum/\(index)", "another value is \(member) in Swift too")
        }
      }
      let name = try nestedName(suggestedName, at: pointer)
      nestedTypes.append(
        .enumeration(.init(name: name, documentation: documentation(of: schema), values: values)))
      return .named(name)
    }
    if schema["format"] != nil {
      try allow(["type", "format"], in: schema, at: pointer)
      let format = try string("format", in: schema, at: pointer)
      guard format == "date-time" else {
        throw error(pointer + "/format", "the generator knows no format \"\(format)\", only date-time")
      }
      return .timestamp
    }
    try allow(["type", "minLength", "maxLength"], in: schema, at: pointer)
    return .string(try sizes("minLength", "maxLength", in: schema, at: pointer))
  }

  private mutating func arrayShape(
    _ schema: JSONObject, suggestedName: String, at pointer: String
  ) throws(GeneratorError) -> Shape {
    try allow(["type", "items", "minItems", "maxItems"], in: schema, at: pointer)
    let limits = try sizes("minItems", "maxItems", in: schema, at: pointer)
    guard let items = schema["items"] else {
      throw error(pointer, "an array says what its items are; {} stands for any JSON")
    }
    return .array(of: try shape(items, suggestedName: suggestedName + "Item", at: pointer + "/items"), limits)
  }

  private mutating func objectShape(
    _ schema: JSONObject, suggestedName: String, at pointer: String
  ) throws(GeneratorError) -> Shape {
    try allow(["type", "properties", "required"], in: schema, at: pointer)
    guard schema["properties"] != nil else {
      if schema["required"] != nil { throw error(pointer + "/required", "there are no properties") }
      return .freeObject
    }
    let name = try nestedName(suggestedName, at: pointer)
    let place = nestedTypes.count
    let structure = try structure(schema, named: name, at: pointer)
    nestedTypes.insert(.structure(structure), at: place)
    return .named(name)
  }

  private mutating func reference(_ schema: JSONObject, at pointer: String) throws(GeneratorError) -> Shape {
    try allow(["$ref"], in: schema, at: pointer)
    let target = try string("$ref", in: schema, at: pointer)
    let prefix = "#/$defs/"
    guard target.hasPrefix(prefix), let definition = definitions[String(target.dropFirst(prefix.count))] else {
      throw error(pointer + "/$ref", "\"\(target)\" is not one of this file's #/$defs/...")
    }
    let name = String(target.dropFirst(prefix.count))
    guard SwiftName.isTypeName(name) else {
      throw error("/$defs/\(Self.escaped(name))", "\"\(name)\" cannot name a Swift type")
    }
    if let shape = readDefinitions[name] { return shape }
    guard openDefinitions.insert(name).inserted else { throw error(pointer + "/$ref", "\(name) refers to itself") }
    // An object may refer to itself through an array, so it is known before it is read.
    if definition["properties"] != nil { readDefinitions[name] = .named(name) }
    let shape = try shape(definition, suggestedName: name, at: "/$defs/\(name)")
    readDefinitions[name] = shape
    return shape
  }

  /// Refuses structures that would hold themselves: Swift can lay them out only through an array.
  func refuseEndlessTypes() throws(GeneratorError) {
    var held: [String: [String]] = [:]
    for case .structure(let structure) in nestedTypes {
      held[structure.name] = structure.properties.compactMap {
        if case .named(let name) = $0.shape { name } else { nil }
      }
    }
    for name in held.keys.sorted() {
      var seen: Set<String> = []
      var open = held[name] ?? []
      while let next = open.popLast() {
        guard next != name else {
          throw error(nestedNames[name] ?? "", "\(name) would hold itself; only an array of itself can be had")
        }
        if seen.insert(next).inserted { open += held[next] ?? [] }
      }
    }
  }

  private mutating func nestedName(_ name: String, at pointer: String) throws(GeneratorError) -> String {
    guard SwiftName.isTypeName(name), !Self.usedTypes.contains(name) else {
      throw error(pointer, "\"\(name)\" cannot name a Swift type here; give it a name under $defs")
    }
    if let other = nestedNames.updateValue(pointer, forKey: name) {
      throw error(pointer, "#\(other) makes a Swift type \(name) too; name one of them under $defs")
    }
    return name
  }

  /// Names that generated code uses of itself, and those that Swift keeps even between backticks.
  private static let ownMembers: Set<String> = [
    "Protocol", "Self", "Type", "aggregateID", "hash", "hashValue", "init", "jsonBytes", "self", "unknownFields",
    "write",
  ]

  /// The types that generated code names: a nested type of the same name would hide them.
  private static let usedTypes: Set<String> = [
    "Bool", "Double", "EventPayload", "EventType", "Hashable", "Int", "JSONCodable", "JSONError", "JSONReader",
    "JSONValue", "JSONWriter", "Optional", "RawRepresentable", "Sendable", "StaticString", "String", "Timestamp",
    "UnknownFields",
  ]
}
