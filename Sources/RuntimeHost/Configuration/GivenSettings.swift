/// What one source of settings says: the command line, the environment, or the file.
struct GivenSettings {
  private let source: ConfigurationEntry.Source
  private var values: [String: (text: String, spelling: String, isFile: Bool)] = [:]

  init(_ source: ConfigurationEntry.Source) {
    self.source = source
  }

  var keys: [String] { Array(values.keys) }

  /// - Parameter spelling: How the source wrote it, for messages.
  mutating func add(_ place: SettingCatalogue.Place, _ text: String, spelling: String) throws(ConfigurationError) {
    if let other = values[place.key], other.isFile != place.isFile {
      throw ConfigurationError("\(other.spelling) and \(spelling) both say what \(place.key) is: give one of them")
    }
    values[place.key] = (text, spelling, place.isFile)
  }

  /// The value and where it comes from; nil when this source says nothing of the setting.
  func value(of key: String) throws(ConfigurationError) -> (text: String, source: ConfigurationEntry.Source)? {
    guard let value = values[key] else { return nil }
    guard value.isFile else { return (value.text, source) }
    return (try SecretFile.read(value.text, setting: value.spelling), .secretFile(value.text))
  }
}
