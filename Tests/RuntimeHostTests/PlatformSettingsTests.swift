import Foundation
import RoostTesting
import Testing

@testable import RuntimeHost

/// How Kafka, PostgreSQL and secrets are named, and what of them is told to whom.
@Suite("Settings of several processes, and secrets")
struct PlatformSettingsTests {
  private func message(flags: [String] = [], environment: [String: String] = [:]) -> String? {
    do throws(ConfigurationError) {
      _ = try HostConfiguration(flags: flags, environment: environment)
      return nil
    } catch {
      return error.message
    }
  }

  @Test("bootstrap servers choose Kafka and an address PostgreSQL, either without the other")
  func choices() throws {
    let neither = try HostConfiguration()
    #expect(neither.kafka == nil && neither.database == nil && neither.usesDataFolder)
    let kafka = try HostConfiguration(environment: ["ROOST_KAFKA_BOOTSTRAP_SERVERS": "kafka:9092"])
    #expect(kafka.kafka?.configuration.bootstrapServers == "kafka:9092")
    #expect(kafka.database == nil && kafka.usesDataFolder)
    let database = try HostConfiguration(environment: ["ROOST_DATABASE_URL": "postgresql://roost@db/roost"])
    #expect(database.kafka == nil && database.database?.place == "db/roost" && database.usesDataFolder)
    let both = try HostConfiguration(
      flags: ["--kafka-bootstrap-servers=kafka:9092", "--database-url=postgresql://db/roost"])
    #expect(both.kafka != nil && both.database != nil && !both.usesDataFolder)
  }

  @Test("librdkafka's own settings are passed on by its own names, from each source")
  func kafkaSettings() throws {
    try withFile(#"{"kafka": {"security.protocol": "SASL_SSL", "partitions": 3, "linger.ms": 7}}"#) { path in
      let configuration = try HostConfiguration(
        flags: ["--config", path, "--kafka-sasl-username=ann"],
        environment: [
          "ROOST_KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", "ROOST_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
          "ROOST_KAFKA_TOPIC_PREFIX": "test.",
        ])
      let kafka = try #require(configuration.kafka?.configuration)
      #expect(
        kafka.settings == [
          "security.protocol": "SASL_SSL", "sasl.username": "ann", "sasl.mechanism": "SCRAM-SHA-512", "linger.ms": "7",
        ])
      #expect(kafka.partitions == 3)
      #expect(kafka.topicPrefix == "test.")
    }
  }

  @Test("a setting of Kafka's without a Kafka is told")
  func kafkaWithoutServers() {
    let message = message(environment: ["ROOST_KAFKA_SECURITY_PROTOCOL": "SSL"])
    #expect(message?.contains("kafka.security.protocol") == true)
    #expect(message?.contains("ROOST_KAFKA_BOOTSTRAP_SERVERS") == true)
  }

  @Test("what librdkafka refuses is told with the place where it was set")
  func refusedKafkaSetting() throws {
    let configuration = try HostConfiguration(
      environment: ["ROOST_KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", "ROOST_KAFKA_SASL_USERNAM": "ann"])
    let kafka = try #require(configuration.kafka)
    #expect(
      kafka.locating("No such configuration property: \"sasl.usernam\"")
        == "No such configuration property: \"sasl.usernam\" (kafka.sasl.usernam of environment, ROOST_KAFKA_SASL_USERNAM)"
    )
  }

  @Test("a secret may lie in a file, which each source may name, and its last line break does not count")
  func secretFiles() throws {
    try withFile("s3cret\n") { path in
      let variable = try HostConfiguration(environment: ["ROOST_TOKEN_FILE": path])
      #expect(variable.token == "s3cret")
      #expect(variable.entries.first { $0.key == "token" }?.source == .secretFile(path))
      #expect(try HostConfiguration(flags: ["--token-file", path]).token == "s3cret")
      let kafka = try HostConfiguration(
        environment: ["ROOST_KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", "ROOST_KAFKA_SASL_PASSWORD_FILE": path])
      #expect(kafka.kafka?.configuration.settings == ["sasl.password": "s3cret"])
      try withFile(#"{"token_file": "\#(path)"}"#) { file in
        let named = try HostConfiguration(flags: ["--config=\(file)"])
        #expect(named.token == "s3cret")
      }
    }
  }

  @Test("a flag's secret goes before a variable's file, and one source says a setting in one way alone")
  func secretPrecedence() throws {
    try withFile("s3cret") { path in
      let flag = try HostConfiguration(flags: ["--token=flag"], environment: ["ROOST_TOKEN_FILE": path])
      #expect(flag.token == "flag")
      let message = message(environment: ["ROOST_TOKEN": "a", "ROOST_TOKEN_FILE": path])
      #expect(message?.contains("ROOST_TOKEN_FILE") == true)
      #expect(message?.contains("give one of them") == true)
    }
  }

  @Test("a secret's file that is not there, or empty, is told by the setting and the path")
  func missingSecretFile() throws {
    #expect(
      message(environment: ["ROOST_TOKEN_FILE": "/no/such"])
        == "ROOST_TOKEN_FILE names the file /no/such, which cannot be read")
    try withFile("\n") { path in
      #expect(message(environment: ["ROOST_TOKEN_FILE": path])?.hasSuffix("which is empty") == true)
    }
  }

  @Test("what is no secret is not read from a file")
  func noSecret() {
    #expect(message(environment: ["ROOST_LISTEN_FILE": "/etc/passwd"])?.contains("ROOST_LISTEN_FILE") == true)
  }

  @Test("the password of its own is put into the address, with every character as it is")
  func databasePassword() throws {
    let configuration = try HostConfiguration(environment: [
      "ROOST_DATABASE_URL": "postgresql://roost@db:5433/roost?sslmode=require", "ROOST_DATABASE_PASSWORD": "a/b@c d%",
    ])
    #expect(
      configuration.database?.text
        == "postgresql://roost@db:5433/roost?sslmode=require&password=a%2Fb%40c%20d%25")
    #expect(
      message(environment: ["ROOST_DATABASE_URL": "postgresql://a:b@db/roost", "ROOST_DATABASE_PASSWORD": "c"])?
        .contains("give one of them") == true)
    #expect(message(environment: ["ROOST_DATABASE_PASSWORD": "c"])?.contains("database_url is not") == true)
  }

  @Test(
    "an address is shown without its password",
    arguments: [
      ("postgresql://roost:s3cret@db:5432/roost", "postgresql://roost:***@db:5432/roost"),
      ("postgres://roost:s3@cret@db/roost", "postgres://roost:***@db/roost"),
      ("postgresql://db/roost?user=roost&password=s3cret", "postgresql://db/roost?user=roost&password=***"),
      ("postgresql:///roost", "postgresql:///roost"), ("host=db password=s3cret", "(hidden)"),
    ])
  func shownAddress(address: String, shown: String) {
    #expect(DatabaseURL.shown(address) == shown)
    let entry = ConfigurationEntry(
      key: "database_url", value: address, source: .environment, isSecret: true, help: "")
    #expect(entry.shownValue == shown)
  }

  @Test("what is no address is told without showing it")
  func badAddress() {
    let message = message(environment: ["ROOST_DATABASE_URL": "mysql://roost:s3cret@db/roost"])
    #expect(message?.hasPrefix("database_url must be an address such as postgresql://") == true)
    #expect(message?.contains("s3cret") == false)
  }

  @Test(
    "Kafka's secrets are hidden, and nothing else of it",
    arguments: [
      ("sasl.password", true), ("ssl.key.password", true), ("ssl.key.pem", true),
      ("sasl.oauthbearer.client.secret", true), ("sasl.username", false), ("security.protocol", false),
      ("ssl.key.location", false),
    ])
  func kafkaSecrets(name: String, isSecret: Bool) throws {
    let variable = "ROOST_KAFKA_" + name.replacing(".", with: "_").uppercased()
    let configuration = try HostConfiguration(
      environment: ["ROOST_KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", variable: "value"])
    let entry = try #require(configuration.entries.first { $0.key == "kafka.\(name)" })
    #expect(entry.isSecret == isSecret)
    #expect(entry.shownValue == (isSecret ? "(hidden)" : "value"))
    #expect(entry.variable == variable)
  }

  @Test("peers are named with where they are")
  func peers() throws {
    let configuration = try HostConfiguration(
      environment: ["ROOST_PEERS": "memory=http://memory:8080/, agent=http://agent:8080"])
    #expect(
      configuration.peers == [
        Peer(name: "memory", url: "http://memory:8080"), Peer(name: "agent", url: "http://agent:8080"),
      ])
    for wrong in ["memory", "memory=memory:8080", "memory=http://a,memory=http://b"] {
      #expect(message(environment: ["ROOST_PEERS": wrong])?.hasPrefix("peers must be a list such as") == true)
    }
  }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "roost-settings-\(UUID().uuidString)")
    #expect(FileManager.default.createFile(atPath: url.path, contents: Data(text.utf8)))
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }
}
