import Events
import JSON

/// A payload as the generator would write it.
struct MemoryNoted: EventPayload, Equatable {
  static let eventType: EventType = "memory.noted"
  static let schemaVersion = "1.0"
  static let schema = #"{"$id":"memory.noted"}"#

  var memoryID: String
  var version: Int
  var notedAt: Timestamp?
  var unknownFields = UnknownFields()

  var aggregateID: String { memoryID }

  init(memoryID: String, version: Int, notedAt: Timestamp? = nil) {
    (self.memoryID, self.version, self.notedAt) = (memoryID, version, notedAt)
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    let begin = reader.offset
    var memoryID: String?
    var version: Int?
    var notedAt: Timestamp?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      if key == "memory_id" {
        memoryID = try reader.readString()
      } else if key == "version" {
        version = try reader.readInt()
      } else if key == "noted_at" {
        notedAt = try reader.readIfNull() ? nil : Timestamp(from: &reader)
      } else {
        try unknownFields.read(key, from: &reader)
      }
    }
    guard let memoryID else { throw .missingField("memory_id", at: begin) }
    guard let version else { throw .missingField("version", at: begin) }
    (self.memoryID, self.version, self.notedAt) = (memoryID, version, notedAt)
    self.unknownFields = unknownFields
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("memory_id")
    writer.write(memoryID)
    writer.key("version")
    writer.write(version)
    if let notedAt {
      writer.key("noted_at")
      writer.write(notedAt)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}
