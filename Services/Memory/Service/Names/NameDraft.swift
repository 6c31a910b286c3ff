import Extraction
import RuntimeHost

/// An entry that a caller wants in the list, checked.
struct NameDraft: Sendable {
  let name: String
  let type: String
  let aliases: [String]

  /// Reads a body that has passed ``NameRoutes/newName``.
  ///
  /// - Throws: a 422 that names the field which breaks a rule that the schema cannot express.
  init(_ body: JSONValue) throws(Problem) {
    name = body["name"]?.stringValue ?? ""
    type = body["type"]?.stringValue ?? ""
    aliases = (body["aliases"]?.arrayValue ?? []).compactMap(\.stringValue)
    var violations = Self.violations(name, at: "/name")
    for (index, alias) in aliases.enumerated() { violations += Self.violations(alias, at: "/aliases/\(index)") }
    guard violations.isEmpty else { throw .invalid(violations) }
  }

  /// What tells its names apart from those of other entries, each once.
  var forms: Set<String> { Set(([name] + aliases).compactMap(NameList.form)) }

  /// As one text: two drafts are the same when theirs are.
  var text: String {
    JSONValue.object([
      "name": .string(name), "type": .string(type), "aliases": .array(aliases.map { .string($0) }),
    ]).text
  }

  private static func violations(_ name: String, at pointer: String) -> [Violation] {
    func violation(_ keyword: String, _ message: String) -> [Violation] {
      [Violation(pointer: pointer, keyword: keyword, message: message)]
    }
    let size = name.utf8.count
    guard size <= NameLimits.name else {
      return violation("maxLength", "It has \(size) bytes in UTF-8, at most \(NameLimits.name) are allowed.")
    }
    guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return violation("pattern", "It must not have control characters or line breaks.")
    }
    guard NameList.form(of: name) != nil else {
      return violation("pattern", "It must have a letter or a digit, and at most \(NameList.mostWords) words.")
    }
    return []
  }
}
