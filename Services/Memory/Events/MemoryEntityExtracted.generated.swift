// Generated from schemas/memory.entity.extracted.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// Entities and relationships were found in a memory.
///
/// The whole outcome of one run of an extractor over one version of a memory's text. Of two outcomes for one memory,
/// the one of the higher version replaces the other; of one version, the one of the higher or the same precedence that
/// comes later.
///
/// The payload of `memory.entity.extracted`, version 1.1. Events of one `memory_id` keep their order.
public struct MemoryEntityExtracted: EventPayload, Hashable, Sendable {
  /// The memory's id, such as `mem_0199...`.
  public var memoryID: String
  /// The version of the memory whose text was read.
  public var memoryVersion: Int
  /// The extractor's name and version, such as `rules/1`.
  public var extractor: String
  /// The mentions found, in the order of the text.
  public var entities: [Entity]
  /// The statements found that connect two of the entities.
  public var relationships: [Relationship]
  /// When the memory was stored: a statement without a time of its own holds from then on.
  public var memoryCreatedAt: Timestamp?
  /// Which of several extractors of one text is believed: the one of the higher precedence. 0 when it is missing.
  public var precedence: Int?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    memoryID: String, memoryVersion: Int, extractor: String, entities: [Entity], relationships: [Relationship],
    memoryCreatedAt: Timestamp? = nil, precedence: Int? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.memoryID = memoryID
    self.memoryVersion = memoryVersion
    self.extractor = extractor
    self.entities = entities
    self.relationships = relationships
    self.memoryCreatedAt = memoryCreatedAt
    self.precedence = precedence
    self.unknownFields = unknownFields
  }

  /// An entity's mention.
  ///
  /// A person, place, organisation or other thing that the text names.
  public struct Entity: JSONCodable, Hashable, Sendable {
    /// The name in its canonical form.
    public var name: String
    /// The kind of thing in lower case, such as `person`, `location` or `organization`.
    public var type: String
    /// How sure the extractor is, from 0 to 1.
    public var confidence: Double
    /// Where the mention starts, as a byte offset into the text's UTF-8.
    public var start: Int?
    /// The byte offset after the mention's last byte.
    public var end: Int?
    /// The mention as it stands in the text.
    public var text: String?
    /// The fields that the schema does not name, as they came.
    public var unknownFields: UnknownFields

    public init(
      name: String, type: String, confidence: Double, start: Int? = nil, end: Int? = nil, text: String? = nil,
      unknownFields: UnknownFields = UnknownFields()
    ) {
      self.name = name
      self.type = type
      self.confidence = confidence
      self.start = start
      self.end = end
      self.text = text
      self.unknownFields = unknownFields
    }
  }

  /// A relationship between two entities.
  ///
  /// A statement of the text, read from source to target.
  public struct Relationship: JSONCodable, Hashable, Sendable {
    /// The canonical name of the entity that the statement is about.
    public var source: String
    /// The canonical name of the entity that it is related to.
    public var target: String
    /// The relation in lower case with underscores, such as `works_at`.
    public var type: String
    /// How sure the extractor is, from 0 to 1.
    public var confidence: Double
    /// Where the words start that the statement rests on, as a byte offset into the text's UTF-8.
    public var start: Int?
    /// The byte offset after those words.
    public var end: Int?
    /// The words that the statement rests on, as they stand in the text.
    public var text: String?
    /// The first moment at which the statement holds, when the text says so.
    public var validFrom: Timestamp?
    /// The first moment at which it no longer holds, when the text says so.
    public var validTo: Timestamp?
    /// The kind of the source, as an entity's `type`.
    public var sourceType: String?
    /// The kind of the target, as an entity's `type`.
    public var targetType: String?
    /// The fields that the schema does not name, as they came.
    public var unknownFields: UnknownFields

    public init(
      source: String, target: String, type: String, confidence: Double, start: Int? = nil, end: Int? = nil,
      text: String? = nil, validFrom: Timestamp? = nil, validTo: Timestamp? = nil, sourceType: String? = nil,
      targetType: String? = nil, unknownFields: UnknownFields = UnknownFields()
    ) {
      self.source = source
      self.target = target
      self.type = type
      self.confidence = confidence
      self.start = start
      self.end = end
      self.text = text
      self.validFrom = validFrom
      self.validTo = validTo
      self.sourceType = sourceType
      self.targetType = targetType
      self.unknownFields = unknownFields
    }
  }
}

extension MemoryEntityExtracted {
  public static let eventType: EventType = "memory.entity.extracted"
  public static var schemaVersion: String { "1.1" }
  public var aggregateID: String { memoryID }
}

extension MemoryEntityExtracted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var memoryID: String?
    var memoryVersion: Int?
    var extractor: String?
    var entities: [Entity]?
    var relationships: [Relationship]?
    var memoryCreatedAt: Timestamp?
    var precedence: Int?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "memory_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        memoryID = value
      case "memory_version":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 1 else {
          throw JSONError.constraint("minimum", "must be at least 1", at: place)
        }
        memoryVersion = value
      case "extractor":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        extractor = value
      case "entities":
        entities = try reader.readArray(of: Entity.self)
      case "relationships":
        relationships = try reader.readArray(of: Relationship.self)
      case "memory_created_at":
        if try !reader.readIfNull() { memoryCreatedAt = try Timestamp(from: &reader) }
      case "precedence":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          precedence = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let memoryID else { throw JSONError.missingField("memory_id", at: start) }
    guard let memoryVersion else { throw JSONError.missingField("memory_version", at: start) }
    guard let extractor else { throw JSONError.missingField("extractor", at: start) }
    guard let entities else { throw JSONError.missingField("entities", at: start) }
    guard let relationships else { throw JSONError.missingField("relationships", at: start) }
    self.memoryID = memoryID
    self.memoryVersion = memoryVersion
    self.extractor = extractor
    self.entities = entities
    self.relationships = relationships
    self.memoryCreatedAt = memoryCreatedAt
    self.precedence = precedence
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("memory_id" as StaticString)
    writer.write(memoryID)
    writer.key("memory_version" as StaticString)
    writer.write(memoryVersion)
    writer.key("extractor" as StaticString)
    writer.write(extractor)
    writer.key("entities" as StaticString)
    writer.write(entities)
    writer.key("relationships" as StaticString)
    writer.write(relationships)
    if let memoryCreatedAt {
      writer.key("memory_created_at" as StaticString)
      memoryCreatedAt.write(to: &writer)
    }
    if let precedence {
      writer.key("precedence" as StaticString)
      writer.write(precedence)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemoryEntityExtracted.Entity {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start_ = reader.offset
    var name: String?
    var type: String?
    var confidence: Double?
    var start: Int?
    var end: Int?
    var text: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "name":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        name = value
      case "type":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        type = value
      case "confidence":
        let place = reader.offset
        let value = try reader.readDouble()
        guard value >= 0.0 else {
          throw JSONError.constraint("minimum", "must be at least 0.0", at: place)
        }
        guard value <= 1.0 else {
          throw JSONError.constraint("maximum", "must be at most 1.0", at: place)
        }
        confidence = value
      case "start":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          start = value
        }
      case "end":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          end = value
        }
      case "text":
        if try !reader.readIfNull() { text = try reader.readString() }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let name else { throw JSONError.missingField("name", at: start_) }
    guard let type else { throw JSONError.missingField("type", at: start_) }
    guard let confidence else { throw JSONError.missingField("confidence", at: start_) }
    self.name = name
    self.type = type
    self.confidence = confidence
    self.start = start
    self.end = end
    self.text = text
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name" as StaticString)
    writer.write(name)
    writer.key("type" as StaticString)
    writer.write(type)
    writer.key("confidence" as StaticString)
    writer.write(confidence)
    if let start {
      writer.key("start" as StaticString)
      writer.write(start)
    }
    if let end {
      writer.key("end" as StaticString)
      writer.write(end)
    }
    if let text {
      writer.key("text" as StaticString)
      writer.write(text)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemoryEntityExtracted.Relationship {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start_ = reader.offset
    var source: String?
    var target: String?
    var type: String?
    var confidence: Double?
    var start: Int?
    var end: Int?
    var text: String?
    var validFrom: Timestamp?
    var validTo: Timestamp?
    var sourceType: String?
    var targetType: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "source":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        source = value
      case "target":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        target = value
      case "type":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        type = value
      case "confidence":
        let place = reader.offset
        let value = try reader.readDouble()
        guard value >= 0.0 else {
          throw JSONError.constraint("minimum", "must be at least 0.0", at: place)
        }
        guard value <= 1.0 else {
          throw JSONError.constraint("maximum", "must be at most 1.0", at: place)
        }
        confidence = value
      case "start":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          start = value
        }
      case "end":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          end = value
        }
      case "text":
        if try !reader.readIfNull() { text = try reader.readString() }
      case "valid_from":
        if try !reader.readIfNull() { validFrom = try Timestamp(from: &reader) }
      case "valid_to":
        if try !reader.readIfNull() { validTo = try Timestamp(from: &reader) }
      case "source_type":
        if try !reader.readIfNull() { sourceType = try reader.readString() }
      case "target_type":
        if try !reader.readIfNull() { targetType = try reader.readString() }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let source else { throw JSONError.missingField("source", at: start_) }
    guard let target else { throw JSONError.missingField("target", at: start_) }
    guard let type else { throw JSONError.missingField("type", at: start_) }
    guard let confidence else { throw JSONError.missingField("confidence", at: start_) }
    self.source = source
    self.target = target
    self.type = type
    self.confidence = confidence
    self.start = start
    self.end = end
    self.text = text
    self.validFrom = validFrom
    self.validTo = validTo
    self.sourceType = sourceType
    self.targetType = targetType
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("source" as StaticString)
    writer.write(source)
    writer.key("target" as StaticString)
    writer.write(target)
    writer.key("type" as StaticString)
    writer.write(type)
    writer.key("confidence" as StaticString)
    writer.write(confidence)
    if let start {
      writer.key("start" as StaticString)
      writer.write(start)
    }
    if let end {
      writer.key("end" as StaticString)
      writer.write(end)
    }
    if let text {
      writer.key("text" as StaticString)
      writer.write(text)
    }
    if let validFrom {
      writer.key("valid_from" as StaticString)
      validFrom.write(to: &writer)
    }
    if let validTo {
      writer.key("valid_to" as StaticString)
      validTo.write(to: &writer)
    }
    if let sourceType {
      writer.key("source_type" as StaticString)
      writer.write(sourceType)
    }
    if let targetType {
      writer.key("target_type" as StaticString)
      writer.write(targetType)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemoryEntityExtracted {
  public static let schema = ##"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"memory.entity.extracted","title":"Entities and relationships were found in a memory","description":"The whole outcome of one run of an extractor over one version of a memory's text. Of two outcomes for one memory, the one of the higher version replaces the other; of one version, the one of the higher or the same precedence that comes later.","x-version":"1.1","x-aggregate":"memory_id","type":"object","required":["memory_id","memory_version","extractor","entities","relationships"],"properties":{"memory_id":{"type":"string","minLength":1,"description":"The memory's id, such as `mem_0199...`."},"memory_version":{"type":"integer","minimum":1,"description":"The version of the memory whose text was read."},"extractor":{"type":"string","minLength":1,"description":"The extractor's name and version, such as `rules/1`."},"entities":{"type":"array","items":{"$ref":"#/$defs/Entity"},"description":"The mentions found, in the order of the text."},"relationships":{"type":"array","items":{"$ref":"#/$defs/Relationship"},"description":"The statements found that connect two of the entities."},"memory_created_at":{"type":"string","format":"date-time","description":"When the memory was stored: a statement without a time of its own holds from then on."},"precedence":{"type":"integer","minimum":0,"description":"Which of several extractors of one text is believed: the one of the higher precedence. 0 when it is missing."}},"$defs":{"Entity":{"title":"An entity's mention","description":"A person, place, organisation or other thing that the text names.","type":"object","required":["name","type","confidence"],"properties":{"name":{"type":"string","minLength":1,"description":"The name in its canonical form."},"type":{"type":"string","minLength":1,"description":"The kind of thing in lower case, such as `person`, `location` or `organization`."},"confidence":{"type":"number","minimum":0,"maximum":1,"description":"How sure the extractor is, from 0 to 1."},"start":{"type":"integer","minimum":0,"description":"Where the mention starts, as a byte offset into the text's UTF-8."},"end":{"type":"integer","minimum":0,"description":"The byte offset after the mention's last byte."},"text":{"type":"string","description":"The mention as it stands in the text."}}},"Relationship":{"title":"A relationship between two entities","description":"A statement of the text, read from source to target.","type":"object","required":["source","target","type","confidence"],"properties":{"source":{"type":"string","minLength":1,"description":"The canonical name of the entity that the statement is about."},"target":{"type":"string","minLength":1,"description":"The canonical name of the entity that it is related to."},"type":{"type":"string","minLength":1,"description":"The relation in lower case with underscores, such as `works_at`."},"confidence":{"type":"number","minimum":0,"maximum":1,"description":"How sure the extractor is, from 0 to 1."},"start":{"type":"integer","minimum":0,"description":"Where the words start that the statement rests on, as a byte offset into the text's UTF-8."},"end":{"type":"integer","minimum":0,"description":"The byte offset after those words."},"text":{"type":"string","description":"The words that the statement rests on, as they stand in the text."},"valid_from":{"type":"string","format":"date-time","description":"The first moment at which the statement holds, when the text says so."},"valid_to":{"type":"string","format":"date-time","description":"The first moment at which it no longer holds, when the text says so."},"source_type":{"type":"string","description":"The kind of the source, as an entity's `type`."},"target_type":{"type":"string","description":"The kind of the target, as an entity's `type`."}}}}}"##
}
