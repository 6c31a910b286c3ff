/// One event's contract, read from its schema and ready to be written as Swift.
struct EventSchema {
  /// The file, relative to the package's directory.
  var file: String
  var eventType: String
  var version: String
  /// The schema as compact JSON.
  var text: String
  /// The payload itself.
  var payload: Structure
  /// The property that names the aggregate.
  var aggregate: Property
  /// The types nested in the payload, in the order in which the schema first uses them.
  var nestedTypes: [NestedType]

  /// An object with named fields.
  struct Structure {
    var name: String
    var documentation: Documentation
    var properties: [Property]

    /// The same structure with the nested types that it names spelt as members of `type`.
    func qualified(by type: String) -> Structure {
      var structure = self
      for index in properties.indices {
        structure.properties[index].shape = properties[index].shape.qualified(by: type)
      }
      return structure
    }
  }

  /// A field of an object.
  struct Property {
    /// The spelling in JSON.
    var name: String
    /// The spelling in Swift, without backticks.
    var swiftName: String
    var documentation: Documentation
    var shape: Shape
    var isRequired: Bool

    /// The type of the Swift property.
    var swiftType: String { isRequired ? shape.swiftType : shape.swiftType + "?" }
  }

  /// A string of which the schema names the values.
  struct Enumeration {
    var name: String
    var documentation: Documentation
    var values: [String]
  }

  enum NestedType {
    case structure(Structure)
    case enumeration(Enumeration)
  }

  /// What people read: `title` and `description`.
  struct Documentation: Equatable {
    var title: String?
    var description: String?
  }
}
