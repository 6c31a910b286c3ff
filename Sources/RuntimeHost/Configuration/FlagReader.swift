/// Reads settings from the words of a command line.
enum FlagReader {
  /// - Returns: The values by key; `config` for the file's path.
  static func read(_ words: [String], keys: [String]) throws(ConfigurationError) -> [String: String] {
    var known = Dictionary(keys.map { (ConfigurationEntry.flag(of: $0), $0) }) { first, _ in first }
    known["--config"] = "config"
    var values: [String: String] = [:]
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let key = known[parts[0]] else {
        throw ConfigurationError("there is no setting \(parts[0]) (on the command line)")
      }
      guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
        throw ConfigurationError("\(parts[0]) needs a value (on the command line)")
      }
      values[key] = value
    }
    return values
  }
}
