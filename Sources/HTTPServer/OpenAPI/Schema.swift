import JSON

/// The shape of a JSON value: what the OpenAPI document says, and what a request is held to.
///
/// An object refuses fields that it does not name, unless told otherwise.
public indirect enum Schema: Sendable, Equatable {
  /// Lengths in Unicode scalars, as JSON Schema counts.
  case string(format: Format? = nil, minLength: Int? = nil, maxLength: Int? = nil, enum: [String]? = nil)
  case integer(minimum: Int64? = nil, maximum: Int64? = nil)
  case number(minimum: Double? = nil, maximum: Double? = nil)
  case boolean
  case array(of: Schema, minItems: Int? = nil, maxItems: Int? = nil)
  case object(_ properties: Properties = [:], required: [String] = [], additional: Additional = .refused)
  /// Any JSON value.
  case any
  /// `null` or a value of the schema.
  case nullable(Schema)
  /// A value of at least one of the schemas.
  case anyOf([Schema])
  /// A schema that the router defines under that name.
  case ref(String)
  /// The schema, with a sentence for the reader of the document.
  case described(Schema, String)

  /// A string's form. `dateTime`, `date`, `uuid` and `withoutNul` are enforced, of `uri` that it holds no U+0000;
  /// the others are said only.
  public enum Format: String, Sendable {
    case dateTime = "date-time"
    case date
    case uuid
    case uri
    case email
    case byte
    case duration
    /// Text that every database can hold: no U+0000, which PostgreSQL refuses. Enforced only: no format of JSON
    /// Schema's says it, and validators read a pattern with U+0000 in different ways.
    case withoutNul
  }

  /// What an object says of fields that it does not name.
  public enum Additional: Sendable, Equatable {
    case refused
    case allowed
    case of(Schema)
  }

  /// An object's named fields, in the order in which they are written.
  public struct Properties: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    public struct Property: Sendable, Equatable {
      public var name: String
      public var schema: Schema

      public init(name: String, schema: Schema) {
        self.name = name
        self.schema = schema
      }
    }

    public var all: [Property]

    public init(dictionaryLiteral elements: (String, Schema)...) {
      all = elements.map { Property(name: $0.0, schema: $0.1) }
    }

    public subscript(_ name: String) -> Schema? { all.first { $0.name == name }?.schema }
  }

  /// The same schema with a sentence for the reader of the document.
  public func described(_ text: String) -> Schema { .described(self, text) }
}
