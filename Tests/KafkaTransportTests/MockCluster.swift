import CRdKafka
import KafkaTransport

/// librdkafka's mock cluster in this process, and the faults that it can be given.
///
/// Unchecked: the handles never change, and librdkafka lets any thread use a cluster.
final class MockCluster: @unchecked Sendable {
  let servers: String
  private let client: OpaquePointer
  private let cluster: OpaquePointer

  struct Failure: Error {}

  init(brokers: Int32 = 1) throws {
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set_log_cb(conf, nil)
    guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0),
      let cluster = rd_kafka_mock_cluster_new(client, brokers), let servers = rd_kafka_mock_cluster_bootstraps(cluster)
    else { throw Failure() }
    self.client = client
    self.cluster = cluster
    self.servers = String(cString: servers)
  }

  deinit {
    rd_kafka_mock_cluster_destroy(cluster)
    rd_kafka_destroy(client)
  }

  func makeTopic(_ name: String, partitions: Int32, replicas: Int32 = 1) {
    rd_kafka_mock_topic_create(cluster, name, partitions, replicas)
  }

  func setDown(_ broker: Int32 = -1) { rd_kafka_mock_broker_set_down(cluster, broker) }

  func setUp(_ broker: Int32 = -1) { rd_kafka_mock_broker_set_up(cluster, broker) }

  /// How long each broker takes to answer.
  func setRoundTrip(milliseconds: Int32) { rd_kafka_mock_broker_set_rtt(cluster, -1, milliseconds) }

  func setLeader(of topic: String, _ partition: Int32, to broker: Int32) {
    rd_kafka_mock_partition_set_leader(cluster, topic, partition, broker)
  }

  func setCoordinator(of group: String, to broker: Int32) {
    rd_kafka_mock_coordinator_set(cluster, "group", group, broker)
  }

  /// Answers to be given to the next requests of a kind.
  func pushErrors(_ api: API, _ errors: [rd_kafka_resp_err_t]) {
    rd_kafka_mock_push_request_errors_array(cluster, api.rawValue, errors.count, errors)
  }

  /// The next request of a kind is done, and its answer comes this much later.
  func pushDelay(_ api: API, milliseconds: Int, broker: Int32 = 1) {
    rdkafka_mock_push_delay(cluster, broker, api.rawValue, Int32(milliseconds))
  }

  enum API: Int16 {
    case produce = 0
    case listOffsets = 2
    case offsetCommit = 8
    case offsetFetch = 9
    case heartbeat = 12
  }
}
