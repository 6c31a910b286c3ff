import KafkaTransport

/// How Kafka is reached, as the settings say it.
public struct KafkaSettings: Sendable {
  public let configuration: KafkaConfiguration
  /// Where each of librdkafka's own settings stands, for a message that names the one that it refuses.
  let entries: [ConfigurationEntry]

  /// Nil without bootstrap servers.
  init?(_ reader: EntryReader) throws(ConfigurationError) {
    let rest = reader.entries.filter { entry in
      entry.key.hasPrefix(SettingCatalogue.kafkaPrefix) && !HostSettings.all.contains { $0.name == entry.key }
    }
    guard let servers = reader.text("kafka.bootstrap_servers"), !servers.isEmpty else {
      if let entry = rest.first {
        throw ConfigurationError(
          "\(entry.key) is set (\(entry.source)) and no Kafka is named: that needs kafka.bootstrap_servers "
            + "(ROOST_KAFKA_BOOTSTRAP_SERVERS)")
      }
      return nil
    }
    var configuration = KafkaConfiguration(bootstrapServers: servers)
    configuration.clientID = "roost"
    configuration.topicPrefix = reader.text("kafka.topic_prefix") ?? ""
    configuration.partitions = try reader.value("kafka.partitions", "a number from 1 to 10000") { text in
      Int(text).flatMap { (1...10_000).contains($0) ? $0 : nil }
    }
    configuration.replicationFactor = try reader.value("kafka.replication_factor", "a number from 1 to 100") { text in
      Int(text).flatMap { (1...100).contains($0) ? $0 : nil }
    }
    for entry in rest {
      configuration.settings[String(entry.key.dropFirst(SettingCatalogue.kafkaPrefix.count))] = entry.value
    }
    self.configuration = configuration
    entries = rest
  }

  /// Whether one of librdkafka's settings is nothing to be shown.
  static func isSecret(_ name: String) -> Bool {
    ["password", "secret", "passphrase", "key.pem"].contains { name.contains($0) }
      || ["sasl.oauthbearer.config", "ssl.key"].contains(name)
  }

  /// The message with the place of the setting that it names.
  func locating(_ message: String) -> String {
    let named = entries.filter { message.contains($0.key.dropFirst(SettingCatalogue.kafkaPrefix.count)) }
    // The longest name: `ssl.key.password` holds `ssl.key` as well.
    guard let entry = named.max(by: { $0.key.count < $1.key.count }) else { return message }
    return "\(message) (\(entry.key) of \(entry.source), \(entry.variable))"
  }
}
