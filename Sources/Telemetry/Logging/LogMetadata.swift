extension Logger {
  /// Named values of a log line.
  public typealias Metadata = [String: MetadataValue]

  /// One value of a log line's metadata. String literals and interpolations make one.
  public enum MetadataValue: Sendable {
    case string(String)
    case stringConvertible(any CustomStringConvertible & Sendable)
    case array([MetadataValue])
    case dictionary(Metadata)
  }

  /// A log line's sentence. String literals and interpolations make one.
  public struct Message: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public let description: String
    public init(stringLiteral value: String) { description = value }
  }
}

extension Logger.MetadataValue: ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, CustomStringConvertible
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: Logger.MetadataValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, Logger.MetadataValue)...) {
    self = .dictionary(Dictionary(elements) { _, last in last })
  }

  public var description: String {
    switch self {
    case .string(let text): text
    case .stringConvertible(let value): value.description
    case .array(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .dictionary(let values):
      "{\(values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    }
  }
}

extension Logger.MetadataValue: Equatable {
  public static func == (left: Logger.MetadataValue, right: Logger.MetadataValue) -> Bool {
    left.description == right.description
  }
}
