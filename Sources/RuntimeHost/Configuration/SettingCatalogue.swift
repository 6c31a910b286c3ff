/// Every setting that a host knows, by each of its spellings: as a flag, as a variable, as a field of the file.
///
/// Beside the settings that are listed there are librdkafka's own (`kafka.security.protocol`), which are passed on as
/// they are, and for each secret the path of a file that holds it (`token_file`, `ROOST_TOKEN_FILE`).
struct SettingCatalogue: Sendable {
  /// What a spelling stands for.
  struct Place: Sendable, Hashable {
    let key: String
    /// Whether the value is the path of a file that holds the setting's value.
    let isFile: Bool
  }

  static let kafkaPrefix = "kafka."

  let settings: [(key: String, setting: ServiceSetting)]
  private let places: [String: Place]

  init(services: [any ServicePlugin.Type]) {
    let own = HostSettings.all.map { (key: $0.name, setting: $0) }
    let theirs = services.flatMap { service in
      service.settings.map { (key: "\(service.name).\($0.name)", setting: $0) }
    }
    settings = own + theirs
    var places: [String: Place] = [:]
    for (key, setting) in settings where setting.isSecret {
      places[Self.plain(key) + "_file"] = Place(key: key, isFile: true)
    }
    // A setting of that very name goes before the file of another.
    for (key, _) in settings { places[Self.plain(key)] = Place(key: key, isFile: false) }
    self.places = places
  }

  /// `--kafka-sasl-password-file`.
  func place(ofFlag word: String) -> Place? {
    guard word.hasPrefix("--"), !word.contains("_"), !word.contains(".") else { return nil }
    return place(Self.plain(String(word.dropFirst(2).replacing("-", with: "_"))))
  }

  /// `ROOST_KAFKA_SASL_PASSWORD_FILE`.
  func place(ofVariable name: String) -> Place? {
    guard name.hasPrefix("ROOST_") else { return nil }
    return place(name.dropFirst("ROOST_".count).lowercased())
  }

  /// `kafka.sasl.password_file`, as the fields of the file's objects are joined by dots.
  func place(ofField name: String) -> Place? {
    guard let place = place(Self.plain(name)) else { return nil }
    let isSpelled = name == place.key || name == place.key + "_file" || name.hasPrefix(Self.kafkaPrefix)
    return isSpelled ? place : nil
  }

  private func place(_ plain: String) -> Place? {
    if let place = places[plain] { return place }
    guard plain.hasPrefix("kafka_") else { return nil }
    let name = plain.dropFirst("kafka_".count).replacing("_", with: ".")
    guard !name.isEmpty else { return nil }
    if name.hasSuffix(".file"), KafkaSettings.isSecret(String(name.dropLast(".file".count))) {
      return Place(key: Self.kafkaPrefix + name.dropLast(".file".count), isFile: true)
    }
    return Place(key: Self.kafkaPrefix + name, isFile: false)
  }

  /// The setting of a key: one that is listed, or librdkafka's own. None of those that take a text has an underscore
  /// in its name, so a variable's underscores are its dots.
  func setting(of key: String) -> ServiceSetting {
    settings.first { $0.key == key }?.setting
      ?? ServiceSetting(
        key, isSecret: KafkaSettings.isSecret(String(key.dropFirst(Self.kafkaPrefix.count))),
        help: "Passed on to librdkafka under its own name")
  }

  private static func plain(_ key: String) -> String { key.replacing(".", with: "_") }
}
