import JSON

/// One line of a JSONL file as a memory to store.
struct ImportRecord: Sendable, Equatable {
  /// The line in the file; the first is 1.
  let line: Int
  let content: String
  let userID: String?
  let agentID: String?
  let filters: JSONValue?

  /// Reads an object that has its text as `content`, as `text`, or as a list `paragraphs`; `user_id`, `agent_id` and
  /// `filters` are taken where they are there, other fields are left out.
  ///
  /// - Throws: `CommandError` that says what is wrong with the line, without its number.
  init(
    line number: Int, bytes: ArraySlice<UInt8>, userID: String? = nil, agentID: String? = nil
  ) throws(CommandError) {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue(parsing: Array(bytes))
    } catch {
      throw CommandError(.badInput, "not JSON: \(error)")
    }
    guard document.objectValue != nil else { throw CommandError(.badInput, "not an object") }
    let texts = document["paragraphs"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let text = document["content"]?.stringValue ?? document["text"]?.stringValue ?? texts.joined(separator: "\n\n")
    guard !text.isEmpty else { throw CommandError(.badInput, "no text in content, text or paragraphs") }
    line = number
    content = text
    self.userID = userID ?? document["user_id"]?.stringValue
    self.agentID = agentID ?? document["agent_id"]?.stringValue
    filters = document["filters"].flatMap { $0.isNull ? nil : $0 }
  }

  /// The same for the same line of the same text and owner, so that a repeated import stores nothing twice.
  var idempotencyKey: String {
    var hash = FNV128()
    for part in ["\(line)", userID ?? "", agentID ?? "", filters?.text ?? "", content] {
      hash.update(part.utf8)
      // No UTF-8 text holds this byte, so two parts never run together.
      hash.update(CollectionOfOne(0xFF))
    }
    return "import-\(line)-\(hash.hexadecimal)"
  }

  var document: JSONValue {
    var object: JSONObject = ["content": .string(content)]
    object["user_id"] = userID.map { .string($0) }
    object["agent_id"] = agentID.map { .string($0) }
    object["filters"] = filters
    object["idempotency_key"] = .string(idempotencyKey)
    return .object(object)
  }
}
