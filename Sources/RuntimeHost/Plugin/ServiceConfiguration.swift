/// The settings of one service, as they are in force: a value that was set, or its default.
public struct ServiceConfiguration: Sendable {
  private let service: String
  private let values: [String: String]

  init(service: String, values: [String: String]) {
    self.service = service
    self.values = values
  }

  /// Settings given in code, as a test does.
  public static func values(_ values: [String: String] = [:]) -> ServiceConfiguration {
    ServiceConfiguration(service: "test", values: values)
  }

  public func string(_ name: String) -> String? { values[name] }

  public func int(_ name: String) throws(ConfigurationError) -> Int? {
    try read(name, "a whole number") { Int($0) }
  }

  public func double(_ name: String) throws(ConfigurationError) -> Double? {
    try read(name, "a number") { Double($0).flatMap { $0.isFinite ? $0 : nil } }
  }

  public func bool(_ name: String) throws(ConfigurationError) -> Bool? {
    try read(name, "true or false") {
      ["true": true, "yes": true, "1": true, "false": false, "no": false, "0": false][$0]
    }
  }

  /// A duration such as `500ms`, `10s`, `5m`, `1h`.
  public func duration(_ name: String) throws(ConfigurationError) -> Duration? {
    try read(name, "a duration such as 500ms, 10s, 5m or 1h") { Duration(parsing: $0) }
  }

  private func read<Value>(
    _ name: String, _ expected: String, _ parse: (String) -> Value?
  ) throws(ConfigurationError) -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = parse(text) else {
      throw ConfigurationError("\(service).\(name) must be \(expected), not '\(text)'")
    }
    return value
  }
}
