/// How a Kafka cluster is reached and used. The defaults suit a cluster of one broker.
public struct KafkaConfiguration: Sendable {
  /// Where the cluster is first asked: `host:port`, several with commas between them.
  public var bootstrapServers: String

  /// The name under which the brokers' logs and quotas know this process.
  public var clientID = "roost"

  /// Put before the name of every topic and every group, so that several installations share one cluster. Letters,
  /// digits, `.`, `_`, `-`.
  public var topicPrefix = ""

  /// Partitions of a topic that is made because it is not there. An existing one keeps its own number.
  public var partitions = 12

  /// Copies of each partition of a topic that is made because it is not there.
  public var replicationFactor = 1

  /// librdkafka's own settings, by its own names, such as `security.protocol`. They go before what is set here, a few
  /// excepted that the promises of the transport rest on (see `KafkaSettings`).
  public var settings: [String: String] = [:]

  /// How long an append may take before what is not acknowledged counts as failed.
  public var deliveryTimeout = Duration.seconds(30)

  /// How long acknowledgements are gathered before they are committed together.
  public var commitInterval = Duration.milliseconds(100)

  /// How long a member may take to give partitions up before they are taken away.
  public var revocationTimeout = Duration.seconds(60)

  /// How long closing waits for appends under way and for the last commit.
  public var closeTimeout = Duration.seconds(10)

  public init(bootstrapServers: String) {
    self.bootstrapServers = bootstrapServers
  }
}
