import RuntimeHost

/// How large the parts of a memory may be. Sizes are in bytes of UTF-8.
enum MemoryLimits {
  static let content = 64 * 1024
  static let filterKeys = 64
  /// The labels as compact JSON.
  static let filters = 16 * 1024
  /// Objects and arrays inside each other: an event that holds the labels must stay readable for everybody.
  static let filtersDepth = 32
  /// A user's or an agent's id, in Unicode scalars.
  static let ownerID = 256
  static let idempotencyKey = 255
  static let batch = 1000

  static func violations(content text: String) -> [Violation] {
    let size = text.utf8.count
    guard size > 0 else {
      return [Violation(pointer: "/content", keyword: "minLength", message: "It must not be empty.")]
    }
    guard size <= content else {
      return [
        Violation(
          pointer: "/content", keyword: "maxLength",
          message: "It has \(size) bytes in UTF-8, at most \(content) are allowed.")
      ]
    }
    return []
  }

  static func violations(filters object: JSONObject) -> [Violation] {
    guard object.count <= filterKeys else {
      return [
        Violation(
          pointer: "/filters", keyword: "maxProperties",
          message: "It has \(object.count) fields, at most \(filterKeys) are allowed.")
      ]
    }
    guard depth(of: .object(object)) <= filtersDepth else {
      return [
        Violation(
          pointer: "/filters", keyword: "maxDepth", message: "It is nested deeper than \(filtersDepth) levels.")
      ]
    }
    let size = JSONValue.object(object).serialized().count
    guard size <= filters else {
      return [
        Violation(
          pointer: "/filters", keyword: "maxLength",
          message: "It has \(size) bytes as JSON, at most \(filters) are allowed.")
      ]
    }
    return []
  }

  private static func depth(of value: JSONValue) -> Int {
    switch value {
    case .object(let object): 1 + (object.map { depth(of: $0.value) }.max() ?? 0)
    case .array(let values): 1 + (values.map(depth(of:)).max() ?? 0)
    default: 0
    }
  }
}
