/// A parameter of an operation, outside the body.
public struct Parameter: Sendable, Equatable {
  /// Where it stands in the request.
  public enum Location: String, Sendable { case path, query, header }

  public var name: String
  public var location: Location
  /// What the text must be. An array schema means that the key may come more than once.
  public var schema: Schema
  public var isRequired: Bool
  public var description: String

  public init(
    _ name: String, in location: Location, _ schema: Schema = .string(), required: Bool = false,
    description: String = ""
  ) {
    self.name = name
    self.location = location
    self.schema = schema
    self.isRequired = required || location == .path
    self.description = description
  }

  public static func query(
    _ name: String, _ schema: Schema = .string(), required: Bool = false, description: String = ""
  ) -> Parameter {
    Parameter(name, in: .query, schema, required: required, description: description)
  }

  public static func path(_ name: String, _ schema: Schema = .string(), description: String = "") -> Parameter {
    Parameter(name, in: .path, schema, description: description)
  }

  public static func header(
    _ name: String, _ schema: Schema = .string(), required: Bool = false, description: String = ""
  ) -> Parameter {
    Parameter(name, in: .header, schema, required: required, description: description)
  }
}
