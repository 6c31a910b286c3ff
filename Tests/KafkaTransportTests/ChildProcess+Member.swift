import RoostTesting

extension ChildProcess {
  /// A member of a consumer group (see `kafka-member`).
  static func member(
    of group: String, on kafka: Kafka, acknowledges count: Int, settings: [String: String] = [:]
  ) throws -> ChildProcess {
    let settings = kafka.configuration.settings.merging(settings) { $1 }
    return try ChildProcess(
      RoostProcess.folder.appending(path: "kafka-member"),
      [kafka.servers, kafka.prefix, group, String(count)] + settings.map { "\($0.key)=\($0.value)" })
  }
}
