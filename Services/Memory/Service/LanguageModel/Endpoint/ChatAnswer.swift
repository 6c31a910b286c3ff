import RuntimeHost

/// What an endpoint answered to one question.
struct ChatAnswer: Sendable {
  /// What the model wrote.
  let content: String
  /// The tokens that the endpoint counted, where it tells.
  let promptTokens: Int?
  let completionTokens: Int?

  /// Reads a `chat.completion` document.
  ///
  /// - Throws: `ModelFailure` when it is none, or when the model declined.
  init(_ document: JSONValue) throws(ModelFailure) {
    guard let choice = document["choices"]?[0], let message = choice["message"] else {
      throw ModelFailure(.unreadable, "the endpoint's answer holds no choice")
    }
    if let refusal = message["refusal"]?.stringValue, !refusal.isEmpty {
      throw ModelFailure(.declined, "the model declined to read the text")
    }
    if choice["finish_reason"] == "content_filter" {
      throw ModelFailure(.declined, "the endpoint's filter held the answer back")
    }
    let parts = message["content"]?.arrayValue?.compactMap { $0["text"]?.stringValue }
    guard let content = message["content"]?.stringValue ?? parts?.joined() else {
      throw ModelFailure(.unreadable, "the endpoint's answer holds no text")
    }
    self.content = content
    promptTokens = Self.count(document["usage"]?["prompt_tokens"])
    completionTokens = Self.count(document["usage"]?["completion_tokens"])
  }

  private static func count(_ value: JSONValue?) -> Int? {
    value?.intValue.flatMap { (0...100_000_000).contains($0) ? $0 : nil }
  }
}
