import JSON

/// Keywords, read and checked.
extension SchemaReader {
  func error(_ pointer: String, _ message: String) -> GeneratorError {
    GeneratorError(file: file, pointer: pointer, message)
  }

  func object(_ value: JSONValue, at pointer: String) throws(GeneratorError) -> JSONObject {
    guard let object = value.objectValue else { throw error(pointer, "must be an object") }
    return object
  }

  func string(_ key: String, in schema: JSONObject, at pointer: String) throws(GeneratorError) -> String {
    guard let value = schema[key] else { throw error(pointer, "\"\(key)\" is missing") }
    guard let string = value.stringValue, !string.isEmpty else {
      throw error("\(pointer)/\(key)", "must be one string that is not empty")
    }
    return string
  }

  func strings(_ key: String, in schema: JSONObject, at pointer: String) throws(GeneratorError) -> [String] {
    guard let value = schema[key] else { return [] }
    guard let array = value.arrayValue else { throw error("\(pointer)/\(key)", "must be an array of strings") }
    var strings: [String] = []
    for (index, value) in array.enumerated() {
      guard let string = value.stringValue else { throw error("\(pointer)/\(key)/\(index)", "must be a string") }
      guard !strings.contains(string) else {
        throw error("\(pointer)/\(key)/\(index)", "\"\(string)\" is named twice")
      }
      strings.append(string)
    }
    return strings
  }

  func integer(_ key: String, in schema: JSONObject, at pointer: String) throws(GeneratorError) -> Int? {
    guard let value = schema[key] else { return nil }
    guard let integer = value.intValue else { throw error("\(pointer)/\(key)", "must be an integer") }
    return integer
  }

  /// A pair of limits that are counts.
  func sizes(
    _ minimum: String, _ maximum: String, in schema: JSONObject, at pointer: String
  ) throws(GeneratorError) -> Shape.Limits<Int> {
    try limits(minimum, maximum, at: pointer) { (key, place) throws(GeneratorError) in
      let size = try integer(key, in: schema, at: place)
      if let size, size < 0 { throw error("\(place)/\(key)", "must not be negative") }
      return size
    }
  }

  func limits<Bound: Comparable>(
    _ minimum: String, _ maximum: String, at pointer: String,
    _ read: (String, String) throws(GeneratorError) -> Bound?
  ) throws(GeneratorError) -> Shape.Limits<Bound> {
    let limits = Shape.Limits(minimum: try read(minimum, pointer), maximum: try read(maximum, pointer))
    if let least = limits.minimum, let most = limits.maximum, least > most {
      throw error("\(pointer)/\(maximum)", "is below \(minimum)")
    }
    return limits
  }

  func documentation(of schema: JSONObject) -> EventSchema.Documentation {
    .init(title: schema["title"]?.stringValue, description: schema["description"]?.stringValue)
  }

  /// Refuses every keyword but those of `keywords` and the ones that only people read.
  func allow(_ keywords: Set<String>, in schema: JSONObject, at pointer: String) throws(GeneratorError) {
    for key in ["title", "description", "$comment"] {
      if let value = schema[key], value.stringValue == nil { throw error("\(pointer)/\(key)", "must be a string") }
    }
    for (key, value) in schema where !keywords.contains(key) && !Self.annotations.contains(key) {
      // What every event allows may be said.
      if key == "additionalProperties", value == .bool(true) { continue }
      throw error("\(pointer)/\(Self.escaped(key))", Self.refusal(of: key))
    }
  }

  private static let annotations: Set<String> = ["title", "description", "$comment", "examples"]

  private static func refusal(of key: String) -> String {
    switch key {
    case "pattern":
      "regular expressions are not enforced by generated code: check the value where it is made"
    case "additionalProperties", "unevaluatedProperties":
      "fields that the schema does not name are always kept, so that newer events pass through older programs"
    case "default":
      "a missing field stays missing: let the reader decide what that means"
    case "allOf", "anyOf", "oneOf", "not", "if", "then", "else":
      "a payload has one shape; publish another event type for another one"
    default:
      "the generator does not know the keyword \"\(key)\" here"
    }
  }

  /// Whether a name can stand in a Swift string literal and in a comment as it is.
  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != 0x5C }
  }

  /// One step of a JSON pointer.
  static func escaped(_ name: String) -> String {
    var text = ""
    for character in name {
      switch character {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.append(character)
      }
    }
    return text
  }
}
