/// Reads settings from the words of a command line.
enum FlagReader {
  /// - Returns: What they say, and the path that `--config` names.
  static func read(
    _ words: [String], _ catalogue: SettingCatalogue
  ) throws(ConfigurationError) -> (settings: GivenSettings, file: String?) {
    var given = GivenSettings(.flag)
    var file: String?
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let place = catalogue.place(ofFlag: parts[0])
      guard place != nil || parts[0] == "--config" else {
        throw ConfigurationError("there is no setting \(parts[0]) (on the command line)")
      }
      guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
        throw ConfigurationError("\(parts[0]) needs a value (on the command line)")
      }
      if let place { try given.add(place, value, spelling: parts[0]) } else { file = value }
    }
    return (given, file)
  }
}
