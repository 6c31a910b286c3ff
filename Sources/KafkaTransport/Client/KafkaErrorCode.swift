import CRdKafka

/// librdkafka's number of an error, the broker's own among them.
struct KafkaErrorCode: Error, Hashable, Sendable, CustomStringConvertible {
  let rawValue: Int32

  init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  init(_ code: rd_kafka_resp_err_t) {
    rawValue = code.rawValue
  }

  static let none = KafkaErrorCode(RD_KAFKA_RESP_ERR_NO_ERROR)
  static let fatal = KafkaErrorCode(RD_KAFKA_RESP_ERR__FATAL)
  static let queueFull = KafkaErrorCode(RD_KAFKA_RESP_ERR__QUEUE_FULL)
  static let topicExists = KafkaErrorCode(RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
  static let unsupported = KafkaErrorCode(RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE)
  static let allBrokersDown = KafkaErrorCode(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
  static let noOffset = KafkaErrorCode(RD_KAFKA_RESP_ERR__NO_OFFSET)
  static let endOfPartition = KafkaErrorCode(RD_KAFKA_RESP_ERR__PARTITION_EOF)

  static let timedOut = KafkaErrorCode(RD_KAFKA_RESP_ERR__TIMED_OUT)
  static let rebalancing = KafkaErrorCode(RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS)

  /// Errors that pass by themselves: a partition or a group has no leader or coordinator yet, has a new one, or it did
  /// not answer in time.
  static let transient: Set<KafkaErrorCode> = [
    KafkaErrorCode(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE), KafkaErrorCode(RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART), KafkaErrorCode(RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH), KafkaErrorCode(RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_NOT_COORDINATOR), KafkaErrorCode(RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS), KafkaErrorCode(RD_KAFKA_RESP_ERR__WAIT_COORD),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT), KafkaErrorCode(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT),
    KafkaErrorCode(RD_KAFKA_RESP_ERR__TRANSPORT), timedOut,
  ]

  /// Errors by which a broker says that a client may not do what it asks for.
  static let unauthorised: Set<KafkaErrorCode> = [
    KafkaErrorCode(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED),
  ]

  var code: rd_kafka_resp_err_t { rd_kafka_resp_err_t(rawValue: rawValue) }

  /// librdkafka's sentence for it.
  var description: String { String(cString: rd_kafka_err2str(code)) }
}
