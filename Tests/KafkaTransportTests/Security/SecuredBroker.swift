import Foundation
import RoostTesting
import Testing

@testable import KafkaTransport

/// A real broker that lets nobody in without TLS, and knows two users by their passwords.
///
/// `roost` may do everything, `guest` only with topics and groups whose names begin with `open`. The broker is Kafka's
/// own, from the collection beside the project; its certificate is made when it starts.
final class SecuredBroker: Sendable {
  enum User: String {
    case roost
    case guest

    var password: String { "secret-of-\(rawValue)" }
  }

  /// How a client shows who it is.
  enum Access: String, CaseIterable, CustomTestStringConvertible {
    case tlsAlone = "TLS alone"
    case plain = "PLAIN"
    case scram256 = "SCRAM-SHA-256"
    case scram512 = "SCRAM-SHA-512"

    static let scram: [Access] = [.scram256, .scram512]
    static let withPassword: [Access] = [.plain] + scram
    /// What this librdkafka and this broker agree on.
    static let accepted = ScramNonce.isSentOnce ? allCases : allCases.filter { !scram.contains($0) }

    var testDescription: String { rawValue }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Kafka's files; nil where they, or Java, are not there.
  private static let collection: URL? = {
    let kafka = URL(fileURLWithPath: #filePath).appending(path: "../../../../../shared/kafka").standardizedFileURL
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let hasJava = path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/java") }
    return hasJava && FileManager.default.fileExists(atPath: kafka.appending(path: "libs").path) ? kafka : nil
  }()

  static var isAvailable: Bool { collection != nil }

  private let folder: URL
  private let process: ChildProcess
  private let tls: Int
  private let sasl: Int

  /// Starts it, which takes some seconds.
  static func start(in folder: URL) async throws -> SecuredBroker {
    guard let collection else {
      throw Failure(description: "there is no Kafka collection beside the project, or no Java")
    }
    return try await SecuredBroker(folder, Tools(folder: folder, bin: collection.appending(path: "bin")))
  }

  private init(_ folder: URL, _ tools: Tools) async throws {
    self.folder = folder
    let (open, controller) = (try freePort(), try freePort())
    (tls, sasl) = (try freePort(), try freePort())
    try await tools.makeCertificate()
    let properties = folder.appending(path: "broker.properties")
    try Self.properties(folder, open: open, controller: controller, tls: tls, sasl: sasl)
      .write(to: properties, atomically: true, encoding: .utf8)
    try await tools.format(properties)
    process = try tools.start(properties)
    try await process.lines.wait(for: "the broker") { $0.contains { $0.contains("Kafka Server started") } }
    try await tools.allowGuest(through: "127.0.0.1:\(open)")
  }

  func stop() async throws { try await process.killHard() }

  /// librdkafka's settings for a client.
  func settings(_ access: Access, as user: User = .roost, password: String? = nil) -> [String: String] {
    var settings = ["ssl.ca.location": folder.appending(path: "certificate.pem").path]
    guard access != .tlsAlone else { return settings.merging(["security.protocol": "SSL"]) { $1 } }
    settings["security.protocol"] = "SASL_SSL"
    settings["sasl.mechanism"] = access.rawValue
    settings["sasl.username"] = user.rawValue
    settings["sasl.password"] = password ?? user.password
    return settings
  }

  func address(_ access: Access) -> String { "127.0.0.1:\(access == .tlsAlone ? tls : sasl)" }

  func configuration(_ access: Access, as user: User = .roost, password: String? = nil) -> KafkaConfiguration {
    var configuration = KafkaConfiguration(bootstrapServers: address(access))
    configuration.partitions = 1
    configuration.settings = settings(access, as: user, password: password)
    configuration.settings["topic.metadata.refresh.interval.ms"] = "500"
    return configuration
  }

  private static func properties(_ folder: URL, open: Int, controller: Int, tls: Int, sasl: Int) -> String {
    let listeners = "OPEN://127.0.0.1:\(open),TLS://127.0.0.1:\(tls),SASL://127.0.0.1:\(sasl)"
    let login = "org.apache.kafka.common.security"
    let users = [User.roost, .guest].map { "user_\($0.rawValue)=\"\($0.password)\"" }.joined(separator: " ")
    return """
      node.id=1
      process.roles=broker,controller
      controller.quorum.voters=1@127.0.0.1:\(controller)
      controller.listener.names=CONTROLLER
      listeners=\(listeners),CONTROLLER://127.0.0.1:\(controller)
      advertised.listeners=\(listeners)
      listener.security.protocol.map=CONTROLLER:PLAINTEXT,OPEN:PLAINTEXT,TLS:SSL,SASL:SASL_SSL
      inter.broker.listener.name=OPEN
      ssl.keystore.type=PEM
      ssl.keystore.location=\(folder.path)/keystore.pem
      sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
      listener.name.sasl.plain.sasl.jaas.config=\(login).plain.PlainLoginModule required \(users);
      listener.name.sasl.scram-sha-256.sasl.jaas.config=\(login).scram.ScramLoginModule required;
      listener.name.sasl.scram-sha-512.sasl.jaas.config=\(login).scram.ScramLoginModule required;
      authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
      super.users=User:ANONYMOUS;User:roost
      log.dirs=\(folder.path)/data
      offsets.topic.num.partitions=1
      offsets.topic.replication.factor=1
      transaction.state.log.replication.factor=1
      transaction.state.log.min.isr=1
      share.coordinator.state.topic.replication.factor=1
      share.coordinator.state.topic.min.isr=1
      group.initial.rebalance.delay.ms=0
      auto.create.topics.enable=false

      """
  }
}
