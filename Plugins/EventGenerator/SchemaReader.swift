import JSON

/// Reads one schema file and refuses what Swift source cannot express, or what an event must not be.
///
/// The dialect is a part of JSON Schema 2020-12: every schema that it accepts means to any validator what the generated
/// code enforces, but for an `enum`, whose unknown values the generated type keeps.
struct SchemaReader {
  /// The file, relative to the package's directory.
  let file: String
  var nestedTypes: [EventSchema.NestedType] = []
  /// Where each nested type's name was given, so that two of one name are found.
  var nestedNames: [String: String] = [:]
  var definitions = JSONObject()
  /// The definitions whose shape is known.
  var readDefinitions: [String: Shape] = [:]
  /// The definitions whose reading has begun.
  var openDefinitions: Set<String> = []

  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - file: Its path relative to the package's directory; the name must be the event's type and `.json`.
  static func read(_ bytes: [UInt8], file: String) throws(GeneratorError) -> EventSchema {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw GeneratorError(file: file, "is no JSON: \(error)")
    }
    var reader = SchemaReader(file: file)
    return try reader.event(value)
  }

  private mutating func event(_ value: JSONValue) throws(GeneratorError) -> EventSchema {
    let schema = try object(value, at: "")
    try allow(
      ["$schema", "$id", "x-version", "x-aggregate", "$defs", "type", "required", "properties"], in: schema, at: "")
    guard schema["$schema"]?.stringValue == Self.dialect else {
      throw error("/$schema", "must be \"\(Self.dialect)\"")
    }
    let type = try string("$id", in: schema, at: "")
    guard Self.isEventType(type) else {
      throw error("/$id", "\"\(type)\" is no event type: two to six segments of a-z, 0-9 and _, joined by dots")
    }
    guard file == "\(type).json" || file.hasSuffix("/\(type).json") else {
      throw error("/$id", "the file must be named \(type).json")
    }
    guard schema["type"]?.stringValue == "object", schema["properties"] != nil else {
      throw error("/type", "a payload is an object with properties")
    }
    let name = SwiftName.type(type)
    guard SwiftName.isTypeName(name) else { throw error("/$id", "\"\(name)\" cannot name a Swift type") }
    nestedNames[name] = ""
    let version = try string("x-version", in: schema, at: "")
    guard version.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ UInt($0) != nil }) else {
      throw error("/x-version", "\"\(version)\" is no version: numbers joined by dots, such as 1.0")
    }
    if let value = schema["$defs"] { definitions = try object(value, at: "/$defs") }

    let payload = try structure(schema, named: name, at: "")
    try refuseUnusedDefinitions()
    try refuseEndlessTypes()
    return EventSchema(
      file: file, eventType: type, version: version, text: value.text, payload: payload,
      aggregate: try aggregate(of: schema, in: payload), nestedTypes: nestedTypes)
  }

  private func aggregate(
    of schema: JSONObject, in payload: EventSchema.Structure
  ) throws(GeneratorError) -> EventSchema.Property {
    let name = try string("x-aggregate", in: schema, at: "")
    guard let property = payload.properties.first(where: { $0.name == name }) else {
      throw error("/x-aggregate", "there is no property \"\(name)\"")
    }
    guard property.isRequired, case .string = property.shape else {
      throw error("/x-aggregate", "\"\(name)\" must be a required string: it is the key that keeps events in order")
    }
    return property
  }

  private func refuseUnusedDefinitions() throws(GeneratorError) {
    for name in definitions.keys where readDefinitions[name] == nil {
      throw error("/$defs/\(Self.escaped(name))", "nothing refers to this definition")
    }
  }

  static let dialect = "https://json-schema.org/draft/2020-12/schema"

  static func isEventType(_ name: String) -> Bool {
    let segments = name.split(separator: ".", omittingEmptySubsequences: false)
    return (2...6).contains(segments.count)
      && segments.allSatisfy { segment in
        !segment.isEmpty
          && segment.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
      }
  }
}
