import Foundation

/// The settings in force: flags before environment variables before a file before defaults.
///
/// A setting that nobody knows, or a value that cannot be, is an error that names it and where it stands.
public struct HostConfiguration: Sendable {
  /// Every setting with its value and where that comes from, the host's first.
  public let entries: [ConfigurationEntry]

  public var dataFolder: String
  public var host: String
  public var port: Int
  public var token: String?
  /// The services to run; nil for all.
  public var only: [String]?
  public var logLevel: Logger.Level
  public var logFormat: LoggingSystem.Format
  public var bodyLimit: Int
  public var drainTimeout: Duration
  public var synchronous: SQLiteConfiguration.Synchronous
  public var logRetention: Duration
  public var logMaximumBytes: Int
  /// Kafka in place of the embedded log; nil for the latter.
  public var kafka: KafkaSettings?
  /// PostgreSQL in place of a file for each service; nil for the latter.
  public var database: DatabaseURL?
  /// The most connections to PostgreSQL that each service holds.
  public var databaseConnections: Int
  /// The processes of the platform, this one as well, when each runs a part of the services; empty for one process.
  public var peers: [Peer]

  /// Whether anything lies in the data folder.
  public var usesDataFolder: Bool { kafka == nil || database == nil }

  /// Variables that the command's other parts read.
  private static let otherVariables: Set<String> = ["ROOST_URL", "ROOST_CONFIG"]

  /// - Parameters:
  ///   - flags: The words of the command line, such as `--listen 0.0.0.0:80` or `--listen=0.0.0.0:80`.
  ///   - services: Whose settings are known beside the host's.
  public init(
    flags: [String] = [], environment: [String: String] = [:], services: [any ServicePlugin.Type] = []
  ) throws(ConfigurationError) {
    let catalogue = SettingCatalogue(services: services)
    let flags = try FlagReader.read(flags, catalogue)
    let path = flags.file ?? environment["ROOST_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    var sources = [flags.settings, try Self.read(environment, catalogue)]
    if let path { sources.append(try SettingsFile.read(path, catalogue)) }
    entries = try Self.entries(of: catalogue, sources)
    let reader = EntryReader(entries: entries)
    dataFolder = try reader.value("data_dir", "a path") { $0.isEmpty ? nil : $0 }
    (host, port) = try reader.value("listen", "HOST:PORT") { Self.address($0) }
    token = reader.text("token").flatMap { $0.isEmpty ? nil : $0 }
    only = reader.text("only").map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    logLevel = try reader.value("log_level", "a log level such as info") { Logger.Level(rawValue: $0) }
    logFormat = try reader.value("log_format", "json, terminal or automatic") { LoggingSystem.Format(rawValue: $0) }
    bodyLimit = try reader.value("body_limit", "a number of bytes from 1024 to 1073741824") { text in
      Int(text).flatMap { (1_024...1_073_741_824).contains($0) ? $0 : nil }
    }
    drainTimeout = try reader.value("drain_timeout", "a duration such as 10s") { Duration(parsing: $0) }
    synchronous = try reader.value("synchronous", "full or normal") {
      SQLiteConfiguration.Synchronous(rawValue: $0.uppercased())
    }
    logRetention = try reader.value("log_retention", "a duration such as 7d") { Duration(parsing: $0) }
    logMaximumBytes = try reader.value("log_max_bytes", "a number of bytes from 1048576 on") { text in
      Int(text).flatMap { $0 >= 1_048_576 ? $0 : nil }
    }
    kafka = try KafkaSettings(reader)
    database = try reader.text("database_url").flatMap { $0.isEmpty ? nil : $0 }.map {
      text throws(ConfigurationError) in
      try DatabaseURL(text, password: reader.text("database_password"))
    }
    databaseConnections = try reader.value("database_connections", "a number from 2 to 1000") { text in
      Int(text).flatMap { (2...1_000).contains($0) ? $0 : nil }
    }
    peers = try reader.value("peers", "a list such as memory=http://memory:8080,agent=http://agent:8080") { text in
      Peer.list(parsing: text)
    }
    if database == nil, let entry = entries.first(where: { $0.key == "database_password" }), entry.value != nil {
      throw ConfigurationError("database_password is set (\(entry.source)) and database_url is not")
    }
    try checkServices(services.map { $0.name })
    if token == nil, !HTTPServerConfiguration(host: host).listensOnLoopback {
      throw ConfigurationError("listen is \(host):\(port), which others can reach: that needs a token (ROOST_TOKEN)")
    }
  }

  /// Every setting that there is, by key, the host's own first.
  public static func settings(
    with services: [any ServicePlugin.Type]
  ) -> [(key: String, flag: String, setting: ServiceSetting)] {
    SettingCatalogue(services: services).settings.map { ($0.key, ConfigurationEntry.flag(of: $0.key), $0.setting) }
  }

  private static func entries(
    of catalogue: SettingCatalogue, _ sources: [GivenSettings]
  ) throws(ConfigurationError) -> [ConfigurationEntry] {
    let listed = catalogue.settings.map(\.key)
    let further = Set(sources.flatMap(\.keys)).subtracting(listed).sorted()
    return try (listed + further).map { key throws(ConfigurationError) in
      let setting = catalogue.setting(of: key)
      var value = setting.defaultValue
      var source = ConfigurationEntry.Source.standard
      for given in sources {
        guard let found = try given.value(of: key) else { continue }
        (value, source) = found
        break
      }
      return ConfigurationEntry(key: key, value: value, source: source, isSecret: setting.isSecret, help: setting.help)
    }
  }

  /// The settings of one service.
  func settings(of service: String) -> ServiceConfiguration {
    let prefix = service + "."
    var values: [String: String] = [:]
    for entry in entries where entry.key.hasPrefix(prefix) {
      values[String(entry.key.dropFirst(prefix.count))] = entry.value
    }
    return ServiceConfiguration(service: service, values: values)
  }

  private func checkServices(_ known: [String]) throws(ConfigurationError) {
    for name in only ?? [] where !known.isEmpty && !known.contains(name) {
      throw ConfigurationError("only names the service '\(name)'; there are \(known.joined(separator: ", "))")
    }
  }

  private static func read(
    _ environment: [String: String], _ catalogue: SettingCatalogue
  ) throws(ConfigurationError) -> GivenSettings {
    var given = GivenSettings(.environment)
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("ROOST_") {
      guard let place = catalogue.place(ofVariable: name) else {
        if otherVariables.contains(name) { continue }
        throw ConfigurationError("there is no setting \(name) (in the environment)")
      }
      if !value.isEmpty { try given.add(place, value, spelling: name) }
    }
    return given
  }

  private static func address(_ text: String) -> (String, Int)? {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    return host.isEmpty ? nil : (host, port)
  }
}
