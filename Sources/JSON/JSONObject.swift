/// An object's fields in the order in which they came. Of two with one name the last wins, in the first one's place.
///
/// Equality and hashing do not look at the order, as JSON's meaning does not.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
  public typealias Element = (key: String, value: JSONValue)

  private var entries: [Element] = []
  /// Positions by name, kept once there are more entries than a scan is quick for.
  private var positions: [String: Int] = [:]
  private static let scanned = 12

  public init() {}

  public init(_ fields: some Sequence<(String, JSONValue)>) {
    for (key, value) in fields { self[key] = value }
  }

  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

  public var keys: [String] { entries.map(\.key) }
  public var values: [JSONValue] { entries.map(\.value) }

  /// The field's value. Setting nil removes the field; `.null` is a value like any other.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key).map { entries[$0].value } }
    set {
      if let newValue {
        if let position = position(of: key) {
          entries[position].value = newValue
        } else {
          append(key, newValue)
        }
      } else {
        removeValue(forKey: key)
      }
    }
  }

  /// Removes the field and hands back what it held. Takes time in the number of fields.
  @discardableResult
  public mutating func removeValue(forKey key: String) -> JSONValue? {
    guard let position = position(of: key) else { return nil }
    let value = entries.remove(at: position).value
    positions = [:]
    if entries.count > Self.scanned { indexEntries() }
    return value
  }

  private func position(of key: String) -> Int? {
    entries.count > Self.scanned ? positions[key] : entries.firstIndex { $0.key == key }
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    entries.append((key, value))
    if entries.count == Self.scanned + 1 {
      indexEntries()
    } else if entries.count > Self.scanned {
      positions[key] = entries.count - 1
    }
  }

  private mutating func indexEntries() {
    for (position, entry) in entries.enumerated() { positions[entry.key] = position }
  }
}

extension JSONObject: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { entries.count }
  public subscript(position: Int) -> Element { entries[position] }
}

extension JSONObject: Hashable {
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
  }

  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for entry in entries {
      var field = Hasher()
      field.combine(entry.key)
      field.combine(entry.value)
      sum ^= field.finalize()
    }
    hasher.combine(sum)
  }
}
