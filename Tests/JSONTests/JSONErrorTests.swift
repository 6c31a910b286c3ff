import JSON
import Testing

struct JSONErrorTests {
  struct Refusal: CustomTestStringConvertible, Sendable {
    var document: [UInt8]
    var kind: JSONError.Kind
    var offset: Int

    init(_ document: String, _ kind: JSONError.Kind, _ offset: Int) {
      self.init(Array(document.utf8), kind, offset)
    }

    init(_ document: [UInt8], _ kind: JSONError.Kind, _ offset: Int) {
      (self.document, self.kind, self.offset) = (document, kind, offset)
    }

    var testDescription: String { String(decoding: document.prefix(40), as: UTF8.self) }
  }

  static let refusals: [Refusal] = [
    Refusal("", .unexpectedEnd, 0),
    Refusal("   ", .unexpectedEnd, 3),
    Refusal("nul", .unexpectedEnd, 3),
    Refusal("nulL", .unexpectedCharacter, 3),
    Refusal("NaN", .unexpectedCharacter, 0),
    Refusal("[NaN]", .unexpectedCharacter, 1),
    Refusal("Infinity", .unexpectedCharacter, 0),
    Refusal("-Infinity", .invalidNumber, 1),
    Refusal("+1", .unexpectedCharacter, 0),
    Refusal(".5", .unexpectedCharacter, 0),
    Refusal("-", .unexpectedEnd, 1),
    Refusal("01", .invalidNumber, 1),
    Refusal("-01", .invalidNumber, 2),
    Refusal("1.", .unexpectedEnd, 2),
    Refusal("1.e1", .invalidNumber, 2),
    Refusal("1e", .unexpectedEnd, 2),
    Refusal("1e+", .unexpectedEnd, 3),
    Refusal("1ex", .invalidNumber, 2),
    Refusal("0x10", .trailingContent, 1),
    Refusal("1 2", .trailingContent, 2),
    Refusal("{} {}", .trailingContent, 3),
    Refusal("[1,]", .unexpectedCharacter, 3),
    Refusal("[,1]", .unexpectedCharacter, 1),
    Refusal("[1 2]", .unexpectedCharacter, 3),
    Refusal("[1", .unexpectedEnd, 2),
    Refusal("[", .unexpectedEnd, 1),
    Refusal("[1}", .unexpectedCharacter, 2),
    Refusal("]", .unexpectedCharacter, 0),
    Refusal("{", .unexpectedEnd, 1),
    Refusal(#"{"a"}"#, .unexpectedCharacter, 4),
    Refusal(#"{"a":}"#, .unexpectedCharacter, 5),
    Refusal(#"{"a":1,}"#, .unexpectedCharacter, 7),
    Refusal(#"{"a":1"b":2}"#, .unexpectedCharacter, 6),
    Refusal("{a:1}", .unexpectedCharacter, 1),
    Refusal("{1:1}", .unexpectedCharacter, 1),
    Refusal("{'a':1}", .unexpectedCharacter, 1),
    Refusal("// x\n1", .unexpectedCharacter, 0),
    Refusal(#""abc"#, .unexpectedEnd, 4),
    Refusal(#""abc\"#, .unexpectedEnd, 5),
    Refusal(#""\x""#, .invalidEscape, 1),
    Refusal(#""\u12g4""#, .invalidEscape, 5),
    Refusal(#""\u12"#, .unexpectedEnd, 5),
    Refusal("\"a\nb\"", .controlCharacter, 2),
    Refusal("\"longer than eight\u{0}\"", .controlCharacter, 18),
    Refusal("\u{FEFF}1", .unexpectedCharacter, 0),
    Refusal("\u{A0}1", .unexpectedCharacter, 0),
    Refusal("\u{0C}1", .unexpectedCharacter, 0),
    Refusal([0x22, 0x80, 0x22], .invalidUTF8, 1),
    Refusal([0x22, 0x61, 0xC0, 0xAF, 0x22], .invalidUTF8, 2),
    Refusal([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8, 1),
    Refusal([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8, 1),
    Refusal([0x22, 0xE2, 0x82, 0x22], .invalidUTF8, 1),
    Refusal([0x22, 0xC3, 0xA4, 0xFF, 0x22], .invalidUTF8, 3),
    Refusal([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], .invalidUTF8, 2),
  ]

  @Test("broken JSON is refused at the byte where it breaks, read or passed over", arguments: refusals)
  func refused(refusal: Refusal) {
    let read = #expect(throws: JSONError.self) { try JSONValue(parsing: refusal.document) }
    #expect(read?.kind == refusal.kind)
    #expect(read?.offset == refusal.offset)
    let passed = #expect(throws: JSONError.self) {
      try JSONReader.read(refusal.document) { (reader) throws(JSONError) in try reader.skipValue() }
    }
    #expect(passed?.kind == refusal.kind)
    #expect(passed?.offset == refusal.offset)
  }

  @Test("an error says the path of the value, what was found, and the byte")
  func path() {
    let document = Array(#"{"payload":{"entities":[{"name":"x"},{"name":7}]}}"#.utf8)
    let error = #expect(throws: JSONError.self) {
      try JSONReader.read(document) { (reader) throws(JSONError) in
        try reader.readObject { (reader, _) throws(JSONError) in
          try reader.readObject { (reader, _) throws(JSONError) in
            try reader.readArray { (reader) throws(JSONError) in
              try reader.readObject { (reader, _) throws(JSONError) in _ = try reader.readString() }
            }
          }
        }
      }
    }
    #expect(error?.path == "payload.entities[1].name")
    #expect(error?.description == "payload.entities[1].name: expected a string, found a number (byte 45)")
  }

  @Test("a missing field and a broken constraint name the field and the keyword")
  func fieldErrors() {
    let missing = JSONError.missingField("name", at: 3).within(index: 2).within(field: "entities")
    #expect(missing.description == "entities[2].name: required field is missing (byte 3)")
    let constraint = JSONError.constraint("minLength", "must not be empty", at: 9).within(field: "content")
    #expect(constraint.kind == .constraint(keyword: "minLength"))
    #expect(constraint.description == "content: minLength: must not be empty (byte 9)")
  }
}
