import CRdKafka
import Messaging

extension KafkaErrorCode {
  static let destroyed = KafkaErrorCode(RD_KAFKA_RESP_ERR__DESTROY)

  /// The record is larger than the client, the topic or the broker takes.
  static let sizes: Set<KafkaErrorCode> = [
    KafkaErrorCode(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE), KafkaErrorCode(RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE),
  ]

  /// The cluster will not take this record, however often it is sent.
  static let refusals: Set<KafkaErrorCode> = [
    KafkaErrorCode(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION), KafkaErrorCode(RD_KAFKA_RESP_ERR_INVALID_RECORD),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP), KafkaErrorCode(RD_KAFKA_RESP_ERR_POLICY_VIOLATION),
    KafkaErrorCode(RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT),
  ]

  /// Topics that are not there. None of their records was sent, so that none can overtake another.
  static let missingTopics: Set<KafkaErrorCode> = [
    KafkaErrorCode(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART), KafkaErrorCode(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC),
    KafkaErrorCode(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION),
  ]

  /// What purging leaves behind: the reason is the producer's.
  static let purges: Set<KafkaErrorCode> = [
    KafkaErrorCode(RD_KAFKA_RESP_ERR__PURGE_QUEUE), KafkaErrorCode(RD_KAFKA_RESP_ERR__PURGE_INFLIGHT), destroyed,
    fatal,
  ]

  /// Whether a record that failed so will always fail so.
  var isPermanent: Bool { Self.sizes.contains(self) || Self.refusals.contains(self) }
}
