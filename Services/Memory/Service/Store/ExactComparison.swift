import RuntimeHost

/// Whether two values are the same byte for byte. `==` on strings takes an accented letter and a letter with an accent
/// for one, which a caller who changes one into the other would not.
enum ExactComparison {
  static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }

  static func isSame(_ left: JSONObject, _ right: JSONObject) -> Bool {
    JSONValue.object(left).serialized() == JSONValue.object(right).serialized()
  }
}
