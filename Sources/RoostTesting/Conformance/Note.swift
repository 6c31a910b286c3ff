import Events
import JSON

/// The event of the conformance suite: one note for a book.
struct Note: EventPayload, Hashable {
  static let eventType: EventType = "notes.note.taken"
  static let schemaVersion = "1.0"
  static let schema = "{}"

  var book: String
  var number: Int
  var aggregateID: String { book }

  init(_ book: String, _ number: Int) {
    self.book = book
    self.number = number
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var book: String?
    var number: Int?
    let start = reader.offset
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "book": book = try reader.readString()
      case "number": number = try reader.readInt()
      default: try reader.skipValue()
      }
    }
    guard let book else { throw .missingField("book", at: start) }
    guard let number else { throw .missingField("number", at: start) }
    self.init(book, number)
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("book")
    writer.write(book)
    writer.key("number")
    writer.write(number)
    writer.endObject()
  }
}
