/// Reads settings as values, and says where one stands that cannot be read.
struct EntryReader {
  let entries: [ConfigurationEntry]

  func text(_ key: String) -> String? { entries.first { $0.key == key }?.value }

  func value<Value>(
    _ key: String, _ expected: String, _ parse: (String) -> Value?
  ) throws(ConfigurationError) -> Value {
    guard let entry = entries.first(where: { $0.key == key }), let text = entry.value, let value = parse(text) else {
      let entry = entries.first { $0.key == key }
      throw ConfigurationError(
        "\(key) must be \(expected), not '\(entry?.shownValue ?? "")' (\(entry?.source.description ?? "unset"))")
    }
    return value
  }
}
