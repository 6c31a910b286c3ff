import Foundation
import RoostTesting
import RuntimeHost
import Testing

@Suite("Settings")
struct ConfigurationTests {
  /// A service with a setting of each kind of default.
  private struct Counting: ServicePlugin {
    static let name = "counting"
    static let publishes: [any EventPayload.Type] = []
    static let settings = [
      ServiceSetting("limit", default: "10", help: "How far"), ServiceSetting("api_key", isSecret: true, help: "Whose"),
    ]

    init(configuration: ServiceConfiguration) throws { _ = try configuration.int("limit") }

    func register(in service: inout ServiceRegistration) {}
  }

  private func read(
    _ flags: [String] = [], _ environment: [String: String] = [:]
  ) throws(ConfigurationError) -> HostConfiguration {
    try HostConfiguration(flags: flags, environment: environment, services: [Counting.self])
  }

  private func refusal(_ flags: [String] = [], _ environment: [String: String] = [:]) -> String? {
    do throws(ConfigurationError) { _ = try read(flags, environment) } catch { return error.message }
    return nil
  }

  /// Runs with a settings file of that text.
  private func withFile(_ text: String, _ body: (String) throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "roost.json")
      try Data(text.utf8).write(to: file)
      try body(file.path)
    }
  }

  @Test("a flag goes before a variable, a variable before the file, the file before the default")
  func precedence() async throws {
    let file = #"{"listen": "127.0.0.1:1", "log_level": "error", "drain_timeout": "7s", "counting": {"limit": 4}}"#
    try await withFile(file) { path in
      let configuration = try read(
        ["--listen", "127.0.0.1:3", "--config=\(path)"], ["ROOST_LISTEN": "127.0.0.1:2", "ROOST_LOG_LEVEL": "debug"])
      #expect(configuration.port == 3)
      #expect(configuration.logLevel == .debug)
      #expect(configuration.drainTimeout == .seconds(7))
      #expect(configuration.bodyLimit == 8_388_608)
      func entry(_ key: String) -> ConfigurationEntry? { configuration.entries.first { $0.key == key } }
      #expect(entry("listen")?.source == .flag)
      #expect(entry("log_level")?.source == .environment)
      #expect(entry("counting.limit")?.source == .file(path))
      #expect(entry("counting.limit")?.value == "4")
      #expect(entry("body_limit")?.source == .standard)
    }
  }

  @Test("a setting that nobody knows is refused, and the line says where it stands")
  func unknown() async throws {
    #expect(refusal(["--lisen", "127.0.0.1:1"]) == "there is no setting --lisen (on the command line)")
    #expect(refusal(["listen"]) == "there is no setting listen (on the command line)")
    #expect(
      refusal([], ["ROOST_COUNTING_LIMITS": "1"]) == "there is no setting ROOST_COUNTING_LIMITS (in the environment)")
    #expect(refusal([], ["PATH": "/bin", "ROOST_URL": "x"]) == nil)
    try await withFile(#"{"counting": {"limits": 1}}"#) { path in
      #expect(refusal(["--config", path]) == "there is no setting counting.limits (in \(path))")
    }
    try await withFile(#"{"listen": }"#) { path in
      let line = try #require(refusal([], ["ROOST_CONFIG": path]))
      #expect(line.contains(path) && line.contains("byte 11"))
    }
    try await withFile(#"{"listen": ["a"]}"#) { path in
      #expect(refusal(["--config", path])?.contains("listen must be a text") == true)
    }
    #expect(refusal(["--config", "/nowhere/roost.json"]) == "the settings file /nowhere/roost.json cannot be read")
    #expect(refusal(["--listen"]) == "--listen needs a value (on the command line)")
  }

  @Test(
    "a value that cannot be is refused, and the line says what it must be",
    arguments: [
      ("--listen", "8080", "HOST:PORT"), ("--listen", "127.0.0.1:65536", "HOST:PORT"),
      ("--log-level", "loud", "a log level"), ("--body-limit", "-1", "a number of bytes"),
      ("--drain-timeout", "10", "a duration"), ("--drain-timeout", "-1s", "a duration"),
      ("--synchronous", "off", "full or normal"), ("--log-max-bytes", "1", "a number of bytes"),
      ("--data-dir", "", "a path"), ("--log-format", "xml", "json, terminal"),
    ])
  func values(flag: String, value: String, expected: String) throws {
    let line = try #require(refusal([flag, value]))
    #expect(line.contains(expected) && line.contains("'\(value)' (flag)"), "\(line)")
  }

  @Test("another address than loopback needs a token")
  func token() throws {
    #expect(refusal(["--listen", "0.0.0.0:80"])?.contains("needs a token") == true)
    #expect(refusal(["--listen", "0.0.0.0:80"], ["ROOST_TOKEN": ""])?.contains("needs a token") == true)
    #expect(try read(["--listen", "0.0.0.0:80"], ["ROOST_TOKEN": "t"]).token == "t")
    for address in ["localhost:1", "127.1.2.3:1", "[::1]:1"] { #expect(refusal(["--listen", address]) == nil) }
  }

  @Test("a secret is never shown")
  func secrets() throws {
    let configuration = try read(["--counting-api-key", "hunter2"], ["ROOST_TOKEN": "hunter3"])
    #expect(!configuration.entries.contains { $0.shownValue.contains("hunter") })
    #expect(configuration.entries.filter { $0.shownValue == "(hidden)" }.map(\.key) == ["token", "counting.api_key"])
  }

  @Test("the services to run are named, and a name that is none is refused")
  func only() throws {
    #expect(try read(["--only", "counting"]).only == ["counting"])
    #expect(refusal(["--only", "counting, countess"])?.contains("'countess'; there are counting") == true)
  }

  @Test("a service's setting that it cannot use stops the start, and is named")
  func serviceSetting() async throws {
    try await withTemporaryFolder { folder in
      let configuration = try read(
        ["--data-dir", folder.path, "--listen", "127.0.0.1:0", "--counting-limit", "ten"])
      let host = RuntimeHost(configuration: configuration, services: [Counting.self], metrics: MetricsRegistry())
      let error = await #expect(throws: ConfigurationError.self) { try await host.start() }
      #expect(error?.message == "counting.limit must be a whole number, not 'ten'")
    }
  }
}
