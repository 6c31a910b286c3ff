/// How a question is put to an endpoint: what of the protocol it makes use of.
///
/// Servers that call themselves compatible differ in all of this. What one refuses is left out, step by step.
struct ChatOptions: Sendable, Hashable {
  /// Something that an endpoint may not understand.
  enum Feature: String, Sendable, Hashable, CaseIterable {
    /// `response_format` with a JSON schema.
    case schema
    /// `response_format` of `json_object`.
    case jsonObject = "json_object"
    case temperature
    /// `max_tokens`; newer models want `max_completion_tokens`.
    case maxTokens = "max_tokens"
  }

  /// What is not made use of.
  private(set) var without: Set<Feature> = []

  init(without: Set<Feature> = []) { self.without = without }

  func uses(_ feature: Feature) -> Bool { !without.contains(feature) }

  /// The form that the answer is asked for in; `nil` for plain text.
  var format: Feature? { uses(.schema) ? .schema : uses(.jsonObject) ? .jsonObject : nil }

  /// Goes on without what an endpoint refuses: the feature that it names, or else the form of the answer.
  ///
  /// - Returns: What was left out; `nil` when nothing more can be.
  mutating func drop(_ named: Feature?) -> Feature? {
    if let named, uses(named) {
      without.insert(named)
      return named
    }
    guard let format else { return nil }
    without.insert(format)
    return format
  }
}
