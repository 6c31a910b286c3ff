import RuntimeHost

extension Builtin {
  /// Takes one value out of a document.
  static let pick = Builtin(
    name: "json.pick", description: "The value that `pointer` (RFC 6901) names in `document`; null when there is none"
  ) { input, _ throws(ExecutionFailure) in
    guard let document = input["document"] else { throw ExecutionFailure(.badInput, "`document` is missing") }
    guard let pointer = input["pointer"]?.stringValue, pointer.isEmpty || pointer.hasPrefix("/") else {
      throw ExecutionFailure(.badInput, "`pointer` must be a JSON pointer such as /items/0/name")
    }
    var value: JSONValue? = document
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let key = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
      switch value {
      case .array(let elements)?:
        // An index is written in one way alone.
        value = Int(key).flatMap { String($0) != key ? nil : elements.indices.contains($0) ? elements[$0] : nil }
      case .object(let object)?: value = object[key]
      default: value = nil
      }
    }
    return value ?? .null
  }
}
