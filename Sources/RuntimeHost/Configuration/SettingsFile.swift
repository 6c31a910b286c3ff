import Foundation

/// Reads settings from a JSON file: `{"listen": "127.0.0.1:9090", "memory": {"content_limit": 4096}}`.
enum SettingsFile {
  static func read(_ path: String, _ catalogue: SettingCatalogue) throws(ConfigurationError) -> GivenSettings {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError("the settings file \(path) cannot be read")
    }
    let document: JSONValue
    do throws(JSONError) { document = try JSONValue(parsing: Array(data)) } catch {
      throw ConfigurationError("the settings file \(path) is not JSON: \(error)")
    }
    guard let object = document.objectValue else {
      throw ConfigurationError("the settings file \(path) must hold a JSON object")
    }
    var values: [String: String] = [:]
    for (key, value) in object {
      if let inner = value.objectValue {
        for (name, value) in inner { values["\(key).\(name)"] = try text(value, "\(key).\(name)", path) }
      } else {
        values[key] = try text(value, key, path)
      }
    }
    var given = GivenSettings(.file(path))
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let place = catalogue.place(ofField: key) else {
        throw ConfigurationError("there is no setting \(key) (in \(path))")
      }
      try given.add(place, value, spelling: key)
    }
    return given
  }

  private static func text(
    _ value: JSONValue, _ key: String, _ path: String
  ) throws(ConfigurationError) -> String {
    if let text = value.stringValue { return text }
    switch value.kind {
    case .number, .bool: return value.text
    default: throw ConfigurationError("\(key) must be a text, a number or true or false (in \(path))")
    }
  }
}
