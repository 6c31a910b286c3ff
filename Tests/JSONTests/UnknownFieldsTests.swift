import JSON
import Testing

struct UnknownFieldsTests {
  /// A type that names one field of many.
  struct Note: JSONCodable {
    var title = ""
    var unknownFields = UnknownFields()

    init(from reader: inout JSONReader) throws(JSONError) {
      try reader.readObject { (reader, key) throws(JSONError) in
        if key == "title" { title = try reader.readString() } else { try unknownFields.read(key, from: &reader) }
      }
    }

    func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("title")
      writer.write(title)
      unknownFields.write(to: &writer)
      writer.endObject()
    }
  }

  @Test("fields without a name in the type survive byte for byte, in order")
  func survive() throws {
    let document =
      #"{"z":1.50,"title":"t","big":123456789012345678901234567890,"\u0061":"\ud800\/","nested":{"b" : [ 1 ]}}"#
    let note = try Note(parsing: Array(document.utf8))
    #expect(note.title == "t")
    #expect(note.unknownFields.keys == ["z", "big", "a", "nested"])
    #expect(note.unknownFields["a"] == "\u{FFFD}/")
    #expect(note.unknownFields["big"] == .largeNumber("123456789012345678901234567890"))
    #expect(note.unknownFields["none"] == nil)
    #expect(
      String(decoding: note.jsonBytes(), as: UTF8.self)
        == #"{"title":"t","z":1.50,"big":123456789012345678901234567890,"\u0061":"\ud800\/","nested":{"b" : [ 1 ]}}"#)
  }

  @Test("no unknown fields leave no trace")
  func empty() throws {
    let note = try Note(parsing: Array(#"{"title":"t"}"#.utf8))
    #expect(note.unknownFields.isEmpty)
    #expect(note.unknownFields == UnknownFields())
    #expect(note.jsonBytes() == Array(#"{"title":"t"}"#.utf8))
  }
}
