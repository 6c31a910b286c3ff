import RuntimeHost

/// What an operator may set of the capability service.
struct CapabilitySettings: Sendable {
  static let declared = [
    ServiceSetting("timeout_limit", default: "2m", help: "The longest time limit that a capability may have"),
    ServiceSetting("answer_limit", default: "131072", help: "The most bytes that are taken of an endpoint's answer"),
    ServiceSetting(
      "allowed_hosts", help: "Hosts that capabilities may call, separated by commas; every host when it is not set"),
  ]

  /// The longest time limit of a call.
  let timeoutLimit: Duration
  /// The most bytes of an endpoint's answer. As text in JSON they must fit into an event.
  let answerLimit: Int
  /// In lower case; nil for every host.
  let allowedHosts: Set<String>?

  init(_ configuration: ServiceConfiguration) throws(ConfigurationError) {
    timeoutLimit = try configuration.duration("timeout_limit") ?? .seconds(120)
    answerLimit = try configuration.int("answer_limit") ?? 131_072
    allowedHosts = configuration.string("allowed_hosts").map { text in
      Set(text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " }.lowercased() })
    }
    guard timeoutLimit >= .milliseconds(1), timeoutLimit <= .seconds(3_600) else {
      throw ConfigurationError("capability.timeout_limit must lie from 1ms to 1h")
    }
    guard (1...131_072).contains(answerLimit) else {
      throw ConfigurationError("capability.answer_limit must lie from 1 to 131072")
    }
  }
}
