/// Header fields in the order in which they came; names are compared without regard to case.
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// One field.
  public struct Field: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public private(set) var fields: [Field]

  public init() { fields = [] }
  public init(_ fields: [Field]) { self.fields = fields }
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }

  /// The first value of that name. Setting one replaces every field of that name; nil takes them away.
  public subscript(_ name: String) -> String? {
    get { fields.first { Self.areSame($0.name, name) }?.value }
    set {
      guard let newValue else { return fields.removeAll { Self.areSame($0.name, name) } }
      if let index = fields.firstIndex(where: { Self.areSame($0.name, name) }) {
        fields[index].value = newValue
        let rest = fields[(index + 1)...].filter { !Self.areSame($0.name, name) }
        fields.replaceSubrange((index + 1)..., with: rest)
      } else {
        fields.append(Field(name: name, value: newValue))
      }
    }
  }

  /// Every value of that name, in order.
  public func all(_ name: String) -> [String] {
    fields.filter { Self.areSame($0.name, name) }.map(\.value)
  }

  /// Adds a field; one of the same name stays.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  public var isEmpty: Bool { fields.isEmpty }

  static func areSame(_ left: String, _ right: String) -> Bool {
    let left = left.utf8
    let right = right.utf8
    return left.count == right.count && zip(left, right).allSatisfy { lowercased($0) == lowercased($1) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
