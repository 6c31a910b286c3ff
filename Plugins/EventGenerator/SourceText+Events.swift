/// The Swift source of events: declarations. What reads and writes JSON is in `SourceText+Codec.swift`.
extension SourceText {
  /// The source of one event.
  static func event(_ schema: EventSchema) -> String {
    var source = SourceText(generatedFrom: "schemas/\(schema.eventType).json")
    source.line("import Events")
    source.line("import JSON")
    source.line()
    let payload = schema.payload
    source.documentation(
      payload.documentation.paragraphs + [
        "The payload of `\(schema.eventType)`, version \(schema.version). Events of one `\(schema.aggregate.name)` keep"
          + " their order."
      ])
    source.structure(payload, conformances: "EventPayload, Hashable", nesting: schema.nestedTypes)
    source.line()
    source.block("extension \(payload.name)") { source in
      source.line("public static let eventType: EventType = \(Self.literal(schema.eventType))")
      source.line("public static var schemaVersion: String { \(Self.literal(schema.version)) }")
      source.line("public var aggregateID: String { \(SwiftName.escaped(schema.aggregate.swiftName)) }")
    }
    source.codec(of: payload, extending: payload.name)
    for case .structure(let structure) in schema.nestedTypes {
      // An extension of a nested type does not see its neighbours by their short names.
      source.codec(of: structure.qualified(by: payload.name), extending: "\(payload.name).\(structure.name)")
    }
    source.line()
    source.block("extension \(payload.name)") { source in
      source.line("public static let schema = \(Self.literal(schema.text))")
    }
    return source.text
  }

  /// The source that names all events of a folder.
  static func contract(named name: String, of schemas: [EventSchema]) -> String {
    var source = SourceText(generatedFrom: "schemas")
    source.line("import Events")
    source.line()
    source.documentation(["Every event of this module."])
    source.block("public enum \(name)") { source in
      source.line("public static let events: [any EventPayload.Type] = [")
      source.indented { source in
        for schema in schemas { source.line("\(schema.payload.name).self,") }
      }
      source.line("]")
    }
    return source.text
  }

  /// The formatter leaves these files alone: a schema is one long literal.
  private init(generatedFrom origin: String) {
    self.init()
    line("// Generated from \(origin) by `swift package generate-events`: edit the schema instead.")
    line("// swift-format-ignore-file")
    line()
  }

  private mutating func structure(
    _ structure: EventSchema.Structure, conformances: String, nesting types: [EventSchema.NestedType] = []
  ) {
    block("public struct \(structure.name): \(conformances), Sendable") { source in
      for property in structure.properties {
        source.documentation(property.documentation.paragraphs)
        source.line("public var \(SwiftName.escaped(property.swiftName)): \(property.swiftType)")
      }
      source.documentation(["The fields that the schema does not name, as they came."])
      source.line("public var unknownFields: UnknownFields")
      source.line()
      source.initializer(of: structure)
      for type in types {
        source.line()
        switch type {
        case .structure(let nested):
          source.documentation(nested.documentation.paragraphs)
          source.structure(nested, conformances: "JSONCodable, Hashable")
        case .enumeration(let enumeration):
          source.enumeration(enumeration)
        }
      }
    }
  }

  private mutating func initializer(of structure: EventSchema.Structure) {
    let parameters = structure.properties.map {
      "\(SwiftName.escaped($0.swiftName)): \($0.swiftType)\($0.isRequired ? "" : " = nil")"
    }
    list(
      opening: "public init(", items: parameters + ["unknownFields: UnknownFields = UnknownFields()"], closing: ") {")
    indented { source in
      for name in structure.properties.map({ SwiftName.escaped($0.swiftName) }) + ["unknownFields"] {
        source.line("self.\(name) = \(name)")
      }
    }
    line("}")
  }

  /// A string that may have values which the schema does not name: those of a newer version are kept.
  private mutating func enumeration(_ enumeration: EventSchema.Enumeration) {
    let name = enumeration.name
    documentation(
      enumeration.documentation.paragraphs + ["A value that this version of the schema does not name is kept as it is."]
    )
    block("public struct \(name): RawRepresentable, ExpressibleByStringLiteral, JSONCodable, Hashable, Sendable") {
      source in
      source.documentation(["The spelling in JSON."])
      source.line("public let rawValue: String")
      source.line()
      source.line("public init(rawValue: String) { self.rawValue = rawValue }")
      source.line("public init(stringLiteral value: String) { self.rawValue = value }")
      source.line("public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.readString() }")
      source.line("public func write(to writer: inout JSONWriter) { writer.write(rawValue) }")
      source.line()
      for value in enumeration.values {
        let member = SwiftName.escaped(SwiftName.member(value))
        source.line("public static let \(member) = \(name)(rawValue: \(Self.literal(value)))")
      }
      source.documentation(["The values that the schema names."])
      let members = enumeration.values.map { ".\(SwiftName.escaped(SwiftName.member($0)))" }
      source.list(opening: "public static let known: [\(name)] = [", items: members, closing: "]")
    }
  }

  /// `text` as a string literal that needs no escapes.
  static func literal(_ text: String) -> String {
    guard text.contains(where: { $0 == "\"" || $0 == "\\" }) else { return "\"\(text)\"" }
    var fence = "#"
    while text.contains("\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    return "\(fence)\"\(text)\"\(fence)"
  }
}

extension EventSchema.Documentation {
  /// What a doc comment says: the title as a sentence, then the description's paragraphs.
  var paragraphs: [String] {
    var paragraphs: [String] = []
    if let title, !title.isEmpty { paragraphs.append(title.last?.isPunctuation == true ? title : title + ".") }
    for part in (description ?? "").split(separator: "\n") { paragraphs.append(String(part)) }
    return paragraphs
  }
}
