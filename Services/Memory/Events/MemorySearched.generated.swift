// Generated from schemas/memory.searched.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A search was performed.
///
/// Published for each search of memories, after it was answered.
///
/// The payload of `memory.searched`, version 1.0. Events of one `search_id` keep their order.
public struct MemorySearched: EventPayload, Hashable, Sendable {
  /// The id of this one search.
  public var searchID: String
  /// The words searched for, as the caller gave them.
  public var query: String
  /// What the search was narrowed to, such as `user_id` or the caller's labels.
  public var filters: JSONValue?
  /// How many memories were found, counting those of the answered page.
  public var resultCount: Int
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    searchID: String, query: String, filters: JSONValue? = nil, resultCount: Int,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.searchID = searchID
    self.query = query
    self.filters = filters
    self.resultCount = resultCount
    self.unknownFields = unknownFields
  }
}

extension MemorySearched {
  public static let eventType: EventType = "memory.searched"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { searchID }
}

extension MemorySearched {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var searchID: String?
    var query: String?
    var filters: JSONValue?
    var resultCount: Int?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "search_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        searchID = value
      case "query":
        query = try reader.readString()
      case "filters":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readValue()
          guard case .object = value else {
            throw JSONError(.typeMismatch, at: place, "expected \(JSONKind.object), found \(value.kind)")
          }
          filters = value
        }
      case "result_count":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 0 else {
          throw JSONError.constraint("minimum", "must be at least 0", at: place)
        }
        resultCount = value
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let searchID else { throw JSONError.missingField("search_id", at: start) }
    guard let query else { throw JSONError.missingField("query", at: start) }
    guard let resultCount else { throw JSONError.missingField("result_count", at: start) }
    self.searchID = searchID
    self.query = query
    self.filters = filters
    self.resultCount = resultCount
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("search_id" as StaticString)
    writer.write(searchID)
    writer.key("query" as StaticString)
    writer.write(query)
    if let filters {
      writer.key("filters" as StaticString)
      writer.write(filters)
    }
    writer.key("result_count" as StaticString)
    writer.write(resultCount)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemorySearched {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"memory.searched","title":"A search was performed","description":"Published for each search of memories, after it was answered.","x-version":"1.0","x-aggregate":"search_id","type":"object","required":["search_id","query","result_count"],"properties":{"search_id":{"type":"string","minLength":1,"description":"The id of this one search."},"query":{"type":"string","description":"The words searched for, as the caller gave them."},"filters":{"type":"object","description":"What the search was narrowed to, such as `user_id` or the caller's labels."},"result_count":{"type":"integer","minimum":0,"description":"How many memories were found, counting those of the answered page."}}}"#
}
