// Generated from schemas/specimen.every.shape.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// Every shape that a schema can give a field.
///
/// First paragraph, long enough that the generator has to wrap it, because a line of Swift here ends at column 120.
///
/// Second paragraph with "quotes" and a \ in it.
///
/// The payload of `specimen.every.shape`, version 2.1. Events of one `in` keep their order.
public struct SpecimenEveryShape: EventPayload, Hashable, Sendable {
  /// A keyword of Swift.
  public var `in`: String
  public var integer: Int
  public var number: Double?
  public var flag: Bool?
  public var flags: [Bool]?
  public var moment: Timestamp?
  public var moments: [Timestamp]?
  /// Any JSON, null too.
  public var any: JSONValue
  public var object: JSONValue?
  public var objects: [JSONValue]?
  public var grid: [[Int]]?
  public var words: [String]?
  /// An enumeration.
  public var state: State?
  public var states: [StatesItem]?
  /// A structure named after its field.
  public var inlineObject: InlineObject?
  /// The name of a variable of the generated code.
  public var reader: String
  public var writer: String?
  public var key: String?
  public var value: Int?
  public var place: [Int]?
  public var start: Int?
  public var tree: Tree
  public var forest: [Tree]?
  /// A definition that is no type of its own.
  public var short: String?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    `in`: String, integer: Int, number: Double? = nil, flag: Bool? = nil, flags: [Bool]? = nil,
    moment: Timestamp? = nil, moments: [Timestamp]? = nil, any: JSONValue, object: JSONValue? = nil,
    objects: [JSONValue]? = nil, grid: [[Int]]? = nil, words: [String]? = nil, state: State? = nil,
    states: [StatesItem]? = nil, inlineObject: InlineObject? = nil, reader: String, writer: String? = nil,
    key: String? = nil, value: Int? = nil, place: [Int]? = nil, start: Int? = nil, tree: Tree, forest: [Tree]? = nil,
    short: String? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.`in` = `in`
    self.integer = integer
    self.number = number
    self.flag = flag
    self.flags = flags
    self.moment = moment
    self.moments = moments
    self.any = any
    self.object = object
    self.objects = objects
    self.grid = grid
    self.words = words
    self.state = state
    self.states = states
    self.inlineObject = inlineObject
    self.reader = reader
    self.writer = writer
    self.key = key
    self.value = value
    self.place = place
    self.start = start
    self.tree = tree
    self.forest = forest
    self.short = short
    self.unknownFields = unknownFields
  }

  /// An enumeration.
  ///
  /// A value that this version of the schema does not name is kept as it is.
  public struct State: RawRepresentable, ExpressibleByStringLiteral, JSONCodable, Hashable, Sendable {
    /// The spelling in JSON.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.readString() }
    public func write(to writer: inout JSONWriter) { writer.write(rawValue) }

    public static let open = State(rawValue: "OPEN")
    public static let halfOpen = State(rawValue: "HALF_OPEN")
    public static let `default` = State(rawValue: "default")
    /// The values that the schema names.
    public static let known: [State] = [.open, .halfOpen, .`default`]
  }

  /// A value that this version of the schema does not name is kept as it is.
  public struct StatesItem: RawRepresentable, ExpressibleByStringLiteral, JSONCodable, Hashable, Sendable {
    /// The spelling in JSON.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.readString() }
    public func write(to writer: inout JSONWriter) { writer.write(rawValue) }

    public static let on = StatesItem(rawValue: "on")
    public static let off = StatesItem(rawValue: "off")
    /// The values that the schema names.
    public static let known: [StatesItem] = [.on, .off]
  }

  /// A structure named after its field.
  public struct InlineObject: JSONCodable, Hashable, Sendable {
    public var url: String
    public var deeper: Deeper?
    /// The fields that the schema does not name, as they came.
    public var unknownFields: UnknownFields

    public init(url: String, deeper: Deeper? = nil, unknownFields: UnknownFields = UnknownFields()) {
      self.url = url
      self.deeper = deeper
      self.unknownFields = unknownFields
    }
  }

  public struct Deeper: JSONCodable, Hashable, Sendable {
    public var value: Double?
    /// The fields that the schema does not name, as they came.
    public var unknownFields: UnknownFields

    public init(value: Double? = nil, unknownFields: UnknownFields = UnknownFields()) {
      self.value = value
      self.unknownFields = unknownFields
    }
  }

  /// A tree.
  public struct Tree: JSONCodable, Hashable, Sendable {
    public var name: String
    public var branches: [Tree]?
    /// The fields that the schema does not name, as they came.
    public var unknownFields: UnknownFields

    public init(name: String, branches: [Tree]? = nil, unknownFields: UnknownFields = UnknownFields()) {
      self.name = name
      self.branches = branches
      self.unknownFields = unknownFields
    }
  }
}

extension SpecimenEveryShape {
  public static let eventType: EventType = "specimen.every.shape"
  public static var schemaVersion: String { "2.1" }
  public var aggregateID: String { `in` }
}

extension SpecimenEveryShape {
  public init(from reader_: inout JSONReader) throws(JSONError) {
    let start_ = reader_.offset
    var `in`: String?
    var integer: Int?
    var number: Double?
    var flag: Bool?
    var flags: [Bool]?
    var moment: Timestamp?
    var moments: [Timestamp]?
    var any: JSONValue?
    var object: JSONValue?
    var objects: [JSONValue]?
    var grid: [[Int]]?
    var words: [String]?
    var state: State?
    var states: [StatesItem]?
    var inlineObject: InlineObject?
    var reader: String?
    var writer: String?
    var key: String?
    var value: Int?
    var place: [Int]?
    var start: Int?
    var tree: Tree?
    var forest: [Tree]?
    var short: String?
    var unknownFields = UnknownFields()
    try reader_.readObject { (reader_, key_) throws(JSONError) in
      switch key_ {
      case "in":
        let place_ = reader_.offset
        let value_ = try reader_.readString()
        guard value_.unicodeScalars.count >= 2 else {
          throw JSONError.constraint("minLength", "must have at least 2 characters", at: place_)
        }
        guard value_.utf8.count <= 4 || value_.unicodeScalars.count <= 4 else {
          throw JSONError.constraint("maxLength", "must have at most 4 characters", at: place_)
        }
        `in` = value_
      case "integer":
        let place_ = reader_.offset
        let value_ = try reader_.readInt()
        guard value_ >= -5 else {
          throw JSONError.constraint("minimum", "must be at least -5", at: place_)
        }
        guard value_ <= 5 else {
          throw JSONError.constraint("maximum", "must be at most 5", at: place_)
        }
        integer = value_
      case "number":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          let value_ = try reader_.readDouble()
          guard value_ >= 0.5 else {
            throw JSONError.constraint("minimum", "must be at least 0.5", at: place_)
          }
          guard value_ <= 2.0 else {
            throw JSONError.constraint("maximum", "must be at most 2.0", at: place_)
          }
          number = value_
        }
      case "flag":
        if try !reader_.readIfNull() { flag = try reader_.readBool() }
      case "flags":
        if try !reader_.readIfNull() {
          var value_: [Bool] = []
          try reader_.readArray { (reader_) throws(JSONError) in
            value_.append(try reader_.readBool())
          }
          flags = value_
        }
      case "moment":
        if try !reader_.readIfNull() { moment = try Timestamp(from: &reader_) }
      case "moments":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          let value_ = try reader_.readArray(of: Timestamp.self)
          guard value_.count <= 2 else {
            throw JSONError.constraint("maxItems", "must have at most 2 items", at: place_)
          }
          moments = value_
        }
      case "any":
        any = try reader_.readValue()
      case "object":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          let value_ = try reader_.readValue()
          guard case .object = value_ else {
            throw JSONError(.typeMismatch, at: place_, "expected \(JSONKind.object), found \(value_.kind)")
          }
          object = value_
        }
      case "objects":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          var value_: [JSONValue] = []
          try reader_.readArray { (reader_) throws(JSONError) in
            let place__ = reader_.offset
            let value__ = try reader_.readValue()
            guard case .object = value__ else {
              throw JSONError(.typeMismatch, at: place__, "expected \(JSONKind.object), found \(value__.kind)")
            }
            value_.append(value__)
          }
          guard value_.count >= 1 else {
            throw JSONError.constraint("minItems", "must have at least 1 item", at: place_)
          }
          objects = value_
        }
      case "grid":
        if try !reader_.readIfNull() {
          var value_: [[Int]] = []
          try reader_.readArray { (reader_) throws(JSONError) in
            let place__ = reader_.offset
            var value__: [Int] = []
            try reader_.readArray { (reader_) throws(JSONError) in
              let place___ = reader_.offset
              let value___ = try reader_.readInt()
              guard value___ >= 0 else {
                throw JSONError.constraint("minimum", "must be at least 0", at: place___)
              }
              value__.append(value___)
            }
            guard value__.count >= 1 else {
              throw JSONError.constraint("minItems", "must have at least 1 item", at: place__)
            }
            guard value__.count <= 3 else {
              throw JSONError.constraint("maxItems", "must have at most 3 items", at: place__)
            }
            value_.append(value__)
          }
          grid = value_
        }
      case "words":
        if try !reader_.readIfNull() {
          var value_: [String] = []
          try reader_.readArray { (reader_) throws(JSONError) in
            let place__ = reader_.offset
            let value__ = try reader_.readString()
            guard !value__.isEmpty else {
              throw JSONError.constraint("minLength", "must not be empty", at: place__)
            }
            value_.append(value__)
          }
          words = value_
        }
      case "state":
        if try !reader_.readIfNull() { state = try State(from: &reader_) }
      case "states":
        if try !reader_.readIfNull() { states = try reader_.readArray(of: StatesItem.self) }
      case "inline_object":
        if try !reader_.readIfNull() { inlineObject = try InlineObject(from: &reader_) }
      case "reader":
        reader = try reader_.readString()
      case "writer":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          let value_ = try reader_.readString()
          guard !value_.isEmpty else {
            throw JSONError.constraint("minLength", "must not be empty", at: place_)
          }
          writer = value_
        }
      case "key":
        if try !reader_.readIfNull() { key = try reader_.readString() }
      case "value":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          let value_ = try reader_.readInt()
          guard value_ >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place_)
          }
          value = value_
        }
      case "place":
        if try !reader_.readIfNull() {
          var value_: [Int] = []
          try reader_.readArray { (reader_) throws(JSONError) in
            let place__ = reader_.offset
            let value__ = try reader_.readInt()
            guard value__ <= 9 else {
              throw JSONError.constraint("maximum", "must be at most 9", at: place__)
            }
            value_.append(value__)
          }
          place = value_
        }
      case "start":
        if try !reader_.readIfNull() { start = try reader_.readInt() }
      case "tree":
        tree = try Tree(from: &reader_)
      case "forest":
        if try !reader_.readIfNull() { forest = try reader_.readArray(of: Tree.self) }
      case "short":
        if try !reader_.readIfNull() {
          let place_ = reader_.offset
          let value_ = try reader_.readString()
          guard value_.utf8.count <= 3 || value_.unicodeScalars.count <= 3 else {
            throw JSONError.constraint("maxLength", "must have at most 3 characters", at: place_)
          }
          short = value_
        }
      default: try unknownFields.read(key_, from: &reader_)
      }
    }
    guard let `in` else { throw JSONError.missingField("in", at: start_) }
    guard let integer else { throw JSONError.missingField("integer", at: start_) }
    guard let any else { throw JSONError.missingField("any", at: start_) }
    guard let reader else { throw JSONError.missingField("reader", at: start_) }
    guard let tree else { throw JSONError.missingField("tree", at: start_) }
    self.`in` = `in`
    self.integer = integer
    self.number = number
    self.flag = flag
    self.flags = flags
    self.moment = moment
    self.moments = moments
    self.any = any
    self.object = object
    self.objects = objects
    self.grid = grid
    self.words = words
    self.state = state
    self.states = states
    self.inlineObject = inlineObject
    self.reader = reader
    self.writer = writer
    self.key = key
    self.value = value
    self.place = place
    self.start = start
    self.tree = tree
    self.forest = forest
    self.short = short
    self.unknownFields = unknownFields
  }

  public func write(to writer_: inout JSONWriter) {
    writer_.beginObject()
    writer_.key("in" as StaticString)
    writer_.write(`in`)
    writer_.key("integer" as StaticString)
    writer_.write(integer)
    if let number {
      writer_.key("number" as StaticString)
      writer_.write(number)
    }
    if let flag {
      writer_.key("flag" as StaticString)
      writer_.write(flag)
    }
    if let flags {
      writer_.key("flags" as StaticString)
      writer_.beginArray()
      for value__ in flags {
        writer_.write(value__)
      }
      writer_.endArray()
    }
    if let moment {
      writer_.key("moment" as StaticString)
      moment.write(to: &writer_)
    }
    if let moments {
      writer_.key("moments" as StaticString)
      writer_.write(moments)
    }
    writer_.key("any" as StaticString)
    writer_.write(any)
    if let object {
      writer_.key("object" as StaticString)
      writer_.write(object)
    }
    if let objects {
      writer_.key("objects" as StaticString)
      writer_.write(objects)
    }
    if let grid {
      writer_.key("grid" as StaticString)
      writer_.beginArray()
      for value__ in grid {
        writer_.write(value__)
      }
      writer_.endArray()
    }
    if let words {
      writer_.key("words" as StaticString)
      writer_.write(words)
    }
    if let state {
      writer_.key("state" as StaticString)
      state.write(to: &writer_)
    }
    if let states {
      writer_.key("states" as StaticString)
      writer_.write(states)
    }
    if let inlineObject {
      writer_.key("inline_object" as StaticString)
      inlineObject.write(to: &writer_)
    }
    writer_.key("reader" as StaticString)
    writer_.write(reader)
    if let writer {
      writer_.key("writer" as StaticString)
      writer_.write(writer)
    }
    if let key {
      writer_.key("key" as StaticString)
      writer_.write(key)
    }
    if let value {
      writer_.key("value" as StaticString)
      writer_.write(value)
    }
    if let place {
      writer_.key("place" as StaticString)
      writer_.write(place)
    }
    if let start {
      writer_.key("start" as StaticString)
      writer_.write(start)
    }
    writer_.key("tree" as StaticString)
    tree.write(to: &writer_)
    if let forest {
      writer_.key("forest" as StaticString)
      writer_.write(forest)
    }
    if let short {
      writer_.key("short" as StaticString)
      writer_.write(short)
    }
    unknownFields.write(to: &writer_)
    writer_.endObject()
  }
}

extension SpecimenEveryShape.InlineObject {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var url: String?
    var deeper: SpecimenEveryShape.Deeper?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "url":
        url = try reader.readString()
      case "deeper":
        if try !reader.readIfNull() { deeper = try SpecimenEveryShape.Deeper(from: &reader) }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let url else { throw JSONError.missingField("url", at: start) }
    self.url = url
    self.deeper = deeper
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("url" as StaticString)
    writer.write(url)
    if let deeper {
      writer.key("deeper" as StaticString)
      deeper.write(to: &writer)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension SpecimenEveryShape.Deeper {
  public init(from reader: inout JSONReader) throws(JSONError) {
    var value: Double?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "value":
        if try !reader.readIfNull() { value = try reader.readDouble() }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    self.value = value
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let value {
      writer.key("value" as StaticString)
      writer.write(value)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension SpecimenEveryShape.Tree {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var name: String?
    var branches: [SpecimenEveryShape.Tree]?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "name":
        let place = reader.offset
        let value = try reader.readString()
        guard value.utf8.count <= 3 || value.unicodeScalars.count <= 3 else {
          throw JSONError.constraint("maxLength", "must have at most 3 characters", at: place)
        }
        name = value
      case "branches":
        if try !reader.readIfNull() { branches = try reader.readArray(of: SpecimenEveryShape.Tree.self) }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let name else { throw JSONError.missingField("name", at: start) }
    self.name = name
    self.branches = branches
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name" as StaticString)
    writer.write(name)
    if let branches {
      writer.key("branches" as StaticString)
      writer.write(branches)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension SpecimenEveryShape {
  public static let schema = ##"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"specimen.every.shape","title":"Every shape that a schema can give a field","description":"First paragraph, long enough that the generator has to wrap it, because a line of Swift here ends at column 120.\nSecond paragraph with \"quotes\" and a \\ in it.","x-version":"2.1","x-aggregate":"in","type":"object","additionalProperties":true,"required":["in","integer","any","reader","tree"],"properties":{"in":{"type":"string","minLength":2,"maxLength":4,"description":"A keyword of Swift."},"integer":{"type":"integer","minimum":-5,"maximum":5},"number":{"type":"number","minimum":0.5,"maximum":2},"flag":{"type":"boolean"},"flags":{"type":"array","items":{"type":"boolean"}},"moment":{"type":"string","format":"date-time"},"moments":{"type":"array","items":{"type":"string","format":"date-time"},"maxItems":2},"any":{"description":"Any JSON, null too."},"object":{"type":"object"},"objects":{"type":"array","items":{"type":"object"},"minItems":1},"grid":{"type":"array","items":{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer","minimum":0}}},"words":{"type":"array","items":{"type":"string","minLength":1}},"state":{"type":"string","enum":["OPEN","HALF_OPEN","default"],"description":"An enumeration."},"states":{"type":"array","items":{"type":"string","enum":["on","off"]}},"inline_object":{"type":"object","description":"A structure named after its field.","required":["url"],"properties":{"url":{"type":"string"},"deeper":{"type":"object","properties":{"value":{"type":"number"}}}}},"reader":{"type":"string","description":"The name of a variable of the generated code."},"writer":{"type":"string","minLength":1},"key":{"type":"string"},"value":{"type":"integer","minimum":0},"place":{"type":"array","items":{"type":"integer","maximum":9}},"start":{"type":"integer"},"tree":{"$ref":"#/$defs/Tree"},"forest":{"type":"array","items":{"$ref":"#/$defs/Tree"}},"short":{"$ref":"#/$defs/Short","description":"A definition that is no type of its own."}},"$defs":{"Tree":{"title":"A tree","type":"object","required":["name"],"properties":{"name":{"$ref":"#/$defs/Short"},"branches":{"type":"array","items":{"$ref":"#/$defs/Tree"}}}},"Short":{"type":"string","maxLength":3}}}"##
}
