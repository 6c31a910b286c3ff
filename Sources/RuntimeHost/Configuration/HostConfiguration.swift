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

  /// Variables that the command's other parts read.
  private static let otherVariables: Set<String> = ["ROOST_URL", "ROOST_CONFIG"]

  /// - Parameters:
  ///   - flags: The words of the command line, such as `--listen 0.0.0.0:80` or `--listen=0.0.0.0:80`.
  ///   - services: Whose settings are known beside the host's.
  public init(
    flags: [String] = [], environment: [String: String] = [:], services: [any ServicePlugin.Type] = []
  ) throws(ConfigurationError) {
    let settings = Self.settings(with: services)
    let keys = settings.map(\.key)
    let given = try FlagReader.read(flags, keys: keys)
    let variables = try Self.read(environment, keys: keys)
    let path = given["config"] ?? environment["ROOST_CONFIG"]
    let file = try path.map { path throws(ConfigurationError) in try SettingsFile.read(path, keys: keys) } ?? [:]
    entries = settings.map { key, _, setting in
      let (value, source): (String?, ConfigurationEntry.Source) =
        if let value = given[key] {
          (value, .flag)
        } else if let value = variables[key] {
          (value, .environment)
        } else if let value = file[key] {
          (value, .file(path ?? ""))
        } else {
          (setting.defaultValue, .standard)
        }
      return ConfigurationEntry(key: key, value: value, source: source, isSecret: setting.isSecret, help: setting.help)
    }
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
    try checkServices(services.map { $0.name })
    if token == nil, !HTTPServerConfiguration(host: host).listensOnLoopback {
      throw ConfigurationError("listen is \(host):\(port), which others can reach: that needs a token (ROOST_TOKEN)")
    }
  }

  /// Every setting that there is, by key, the host's own first.
  public static func settings(
    with services: [any ServicePlugin.Type]
  ) -> [(key: String, flag: String, setting: ServiceSetting)] {
    let own = HostSettings.all.map { ($0.name, $0) }
    let theirs = services.flatMap { service in service.settings.map { ("\(service.name).\($0.name)", $0) } }
    return (own + theirs).map { ($0.0, ConfigurationEntry.flag(of: $0.0), $0.1) }
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
    _ environment: [String: String], keys: [String]
  ) throws(ConfigurationError) -> [String: String] {
    let known = Dictionary(keys.map { (ConfigurationEntry.variable(of: $0), $0) }) { first, _ in first }
    var values: [String: String] = [:]
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("ROOST_") {
      guard let key = known[name] else {
        if otherVariables.contains(name) { continue }
        throw ConfigurationError("there is no setting \(name) (in the environment)")
      }
      if !value.isEmpty { values[key] = value }
    }
    return values
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
