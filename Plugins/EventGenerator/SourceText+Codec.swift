/// The Swift source that reads and writes a structure's JSON.
extension SourceText {
  mutating func codec(of structure: EventSchema.Structure, extending type: String) {
    line()
    block("extension \(type)") { source in
      source.reading(structure)
      source.line()
      source.writing(structure)
    }
  }

  /// Names of the generated code's own variables, kept apart from the properties' by an underscore, which those never
  /// end in.
  private struct LocalNames {
    let reader, writer, key, start: String
    /// The offset of the value being read, and that value.
    private(set) var place, value: String

    init(beside structure: EventSchema.Structure) {
      let taken = Set(structure.properties.map(\.swiftName))
      func free(_ name: String) -> String { taken.contains(name) ? name + "_" : name }
      reader = free("reader")
      writer = free("writer")
      key = free("key")
      start = free("start")
      place = free("place")
      value = free("value")
    }

    /// Names for what is inside the value.
    mutating func nest() {
      place += "_"
      value += "_"
    }
  }

  private mutating func reading(_ structure: EventSchema.Structure) {
    let names = LocalNames(beside: structure)
    let required = structure.properties.filter(\.isRequired)
    block("public init(from \(names.reader): inout JSONReader) throws(JSONError)") { source in
      if !required.isEmpty { source.line("let \(names.start) = \(names.reader).offset") }
      for property in structure.properties {
        source.line("var \(SwiftName.escaped(property.swiftName)): \(property.shape.swiftType)?")
      }
      source.line("var unknownFields = UnknownFields()")
      source.line("try \(names.reader).readObject { (\(names.reader), \(names.key)) throws(JSONError) in")
      source.indented { source in
        source.line("switch \(names.key) {")
        for property in structure.properties {
          source.line("case \(Self.literal(property.name)):")
          source.indented { $0.field(property, names) }
        }
        source.line("default: try unknownFields.read(\(names.key), from: &\(names.reader))")
        source.line("}")
      }
      source.line("}")
      for property in required {
        let name = SwiftName.escaped(property.swiftName)
        source.line(
          "guard let \(name) else { throw JSONError.missingField(\(Self.literal(property.name)), at: \(names.start)) }")
      }
      for name in structure.properties.map({ SwiftName.escaped($0.swiftName) }) + ["unknownFields"] {
        source.line("self.\(name) = \(name)")
      }
    }
  }

  private mutating func field(_ property: EventSchema.Property, _ names: LocalNames) {
    let target = SwiftName.escaped(property.swiftName)
    // Elsewhere a field without a value is often written as null. A field of any value keeps it as one.
    let isNullable = !property.isRequired && property.shape != .any
    if isNullable, property.shape.isPlain {
      line("if try !\(names.reader).readIfNull() { \(target) = \(property.shape.expression(reader: names.reader)) }")
    } else if isNullable {
      block("if try !\(names.reader).readIfNull()") { $0.read(property.shape, into: { "\(target) = \($0)" }, names) }
    } else {
      read(property.shape, into: { "\(target) = \($0)" }, names)
    }
  }

  /// Reads a value, checks it, and hands it on by the statement that `assignment` makes of an expression.
  private mutating func read(_ shape: Shape, into assignment: (String) -> String, _ names: LocalNames) {
    if shape.isPlain { return line(assignment(shape.expression(reader: names.reader))) }
    let value = names.value
    let checks = shape.checks(of: value)
    if !checks.isEmpty || shape == .freeObject { line("let \(names.place) = \(names.reader).offset") }
    switch shape {
    case .freeObject:
      line("let \(value) = try \(names.reader).readValue()")
      block("guard case .object = \(value) else") {
        $0.line(
          "throw JSONError(.typeMismatch, at: \(names.place), \"expected \\(JSONKind.object), found \\(\(value).kind)\")"
        )
      }
    case .array(let element, _) where !element.isPlain || element == .boolean:
      line("var \(value): \(shape.swiftType) = []")
      line("try \(names.reader).readArray { (\(names.reader)) throws(JSONError) in")
      var inner = names
      inner.nest()
      indented { $0.read(element, into: { "\(value).append(\($0))" }, inner) }
      line("}")
    default:
      line("let \(value) = \(shape.expression(reader: names.reader))")
    }
    for check in checks {
      line("guard \(check.condition) else {")
      indented {
        $0.line("throw JSONError.constraint(\"\(check.keyword)\", \"\(check.message)\", at: \(names.place))")
      }
      line("}")
    }
    line(assignment(value))
  }

  private mutating func writing(_ structure: EventSchema.Structure) {
    let names = LocalNames(beside: structure)
    let writer = names.writer
    block("public func write(to \(writer): inout JSONWriter)") { source in
      source.line("\(writer).beginObject()")
      for property in structure.properties {
        let name = SwiftName.escaped(property.swiftName)
        // Among literals Swift prefers `String`, which the writer would have to escape anew each time.
        let key = "\(writer).key(\(Self.literal(property.name)) as StaticString)"
        if property.isRequired {
          source.line(key)
          source.write(property.shape, name, names)
        } else {
          source.block("if let \(name)") {
            $0.line(key)
            $0.write(property.shape, name, names)
          }
        }
      }
      source.line("unknownFields.write(to: &\(writer))")
      source.line("\(writer).endObject()")
    }
  }

  private mutating func write(_ shape: Shape, _ name: String, _ names: LocalNames) {
    switch shape {
    case .named, .timestamp: line("\(name).write(to: &\(names.writer))")
    case .array(let element, _) where element == .boolean || element.isArray:
      line("\(names.writer).beginArray()")
      var inner = names
      inner.nest()
      block("for \(inner.value) in \(name)") { $0.write(element, inner.value, inner) }
      line("\(names.writer).endArray()")
    default: line("\(names.writer).write(\(name))")
    }
  }
}
