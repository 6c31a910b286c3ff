import Foundation
import RuntimeHost

/// The language model that reads memories a second time, as an operator has set it. Without an address there is none,
/// and no text leaves the process.
struct ModelSettings: Sendable {
  static let declared = [
    ServiceSetting(
      "llm_url",
      help: "An OpenAI-compatible endpoint that reads every memory a second time; texts are sent there. Off without it"),
    ServiceSetting("llm_model", help: "The model's name at that endpoint"),
    ServiceSetting("llm_key", isSecret: true, help: "The endpoint's key, sent as a bearer token"),
    ServiceSetting("llm_timeout", default: "60s", help: "How long one call of the model may take"),
    ServiceSetting(
      "llm_tokens_per_day", default: "1000000",
      help: "The most tokens, sent and answered, that may be used in a day of UTC; what is left waits for the next"),
    ServiceSetting("llm_concurrency", default: "2", help: "How many memories are read by the model side by side"),
  ]

  /// Where `/chat/completions` is.
  let url: String
  let model: String
  /// Never logged, never part of an error.
  let key: String?
  let timeout: Duration
  let tokensPerDay: Int
  let concurrency: Int

  /// - Returns: `nil` when no endpoint is set.
  init?(_ configuration: ServiceConfiguration) throws(ConfigurationError) {
    func text(_ name: String) -> String? { configuration.string(name).flatMap { $0.isEmpty ? nil : $0 } }
    guard let address = text("llm_url") else {
      guard text("llm_model") == nil else {
        throw ConfigurationError("memory.llm_model is set, but memory.llm_url is not: there is nobody to ask")
      }
      return nil
    }
    url = try Self.chatURL(address)
    guard let name = text("llm_model") else {
      throw ConfigurationError("memory.llm_model is missing: memory.llm_url needs the name of a model")
    }
    guard name.utf8.count <= 200, name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw ConfigurationError("memory.llm_model must be a name of at most 200 bytes without blanks")
    }
    model = name
    key = text("llm_key")
    guard key?.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) ?? true else {
      throw ConfigurationError("memory.llm_key holds characters that no header may")
    }
    timeout = try configuration.duration("llm_timeout") ?? .seconds(60)
    guard timeout >= .milliseconds(1), timeout <= .seconds(3_600) else {
      throw ConfigurationError("memory.llm_timeout must lie from 1ms to 1h")
    }
    tokensPerDay = try configuration.int("llm_tokens_per_day") ?? 1_000_000
    guard tokensPerDay >= 1 else { throw ConfigurationError("memory.llm_tokens_per_day must be at least 1") }
    concurrency = try configuration.int("llm_concurrency") ?? 2
    guard (1...64).contains(concurrency) else {
      throw ConfigurationError("memory.llm_concurrency must lie from 1 to 64")
    }
  }

  /// `https://host` and `https://host/v1` are what people have at hand; the full path is taken as it is.
  private static func chatURL(_ address: String) throws(ConfigurationError) -> String {
    guard let components = URLComponents(string: address), let scheme = components.scheme?.lowercased(),
      scheme == "http" || scheme == "https", components.host?.isEmpty == false
    else { throw ConfigurationError("memory.llm_url must be an http or https address") }
    guard components.user == nil, components.password == nil else {
      throw ConfigurationError("memory.llm_url must not carry a user or password; use memory.llm_key")
    }
    var base = address
    while base.hasSuffix("/") { base.removeLast() }
    if base.hasSuffix("/chat/completions") || components.query != nil { return base }
    return base + (components.path.allSatisfy { $0 == "/" } ? "/v1" : "") + "/chat/completions"
  }
}
