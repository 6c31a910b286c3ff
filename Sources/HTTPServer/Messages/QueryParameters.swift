/// A request's query, percent-decoded; a key may come more than once.
public struct QueryParameters: Sendable, Equatable {
  /// One `key=value`.
  public struct Item: Sendable, Equatable {
    public var name: String
    public var value: String
  }

  public let items: [Item]

  public init(_ items: [Item] = []) { self.items = items }

  /// Reads what follows the question mark. Throws a 400 when an escape is broken or not UTF-8.
  public init(parsing query: some StringProtocol) throws(Problem) {
    var items: [Item] = []
    for pair in Substring(query).utf8.split(separator: 0x26) {
      let equals = pair.firstIndex(of: 0x3D) ?? pair.endIndex
      let rest = equals == pair.endIndex ? pair[equals...] : pair[pair.index(after: equals)...]
      guard let name = PercentEncoding.decode(Substring(pair[..<equals]).utf8, plusIsSpace: true),
        let value = PercentEncoding.decode(Substring(rest).utf8, plusIsSpace: true)
      else { throw Problem.badRequest("The query has a broken percent escape.") }
      items.append(Item(name: name, value: value))
    }
    self.items = items
  }

  /// As it stands behind a question mark, with everything but unreserved characters escaped.
  public var text: String {
    items.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }.joined(separator: "&")
  }

  /// The first value of that name.
  public subscript(_ name: String) -> String? { items.first { $0.name == name }?.value }

  /// Every value of that name, in order.
  public func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

  /// The first value as a whole number; nil when it is not there, a 400 when it is something else.
  public func int(_ name: String) throws(Problem) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text) else { throw Self.bad(name, "a whole number") }
    return number
  }

  /// The first value as a number; nil when it is not there, a 400 when it is something else.
  public func double(_ name: String) throws(Problem) -> Double? {
    guard let text = self[name] else { return nil }
    guard let number = Double(text), number.isFinite else { throw Self.bad(name, "a number") }
    return number
  }

  /// The first value as `true` or `false`; nil when it is not there, a 400 when it is something else.
  public func bool(_ name: String) throws(Problem) -> Bool? {
    switch self[name] {
    case nil: return nil
    case "true": return true
    case "false": return false
    default: throw Self.bad(name, "true or false")
    }
  }

  private static func bad(_ name: String, _ expected: String) -> Problem {
    Problem.badRequest("The query parameter \(name) is not \(expected).")
  }
}
