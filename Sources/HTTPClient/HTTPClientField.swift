/// One header of a request or an answer. Names are compared without regard to case.
public struct HTTPClientField: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension [HTTPClientField] {
  /// The first value under that name, whatever its case.
  public subscript(_ name: String) -> String? {
    let wanted = name.lowercased()
    return first { $0.name.lowercased() == wanted }?.value
  }
}
