import CRdKafka
import Messaging

/// Asks what a group has committed.
enum GroupOffsets {
  /// - Parameter partitions: Of which it may have committed something; not empty.
  static func ask(
    _ group: String, of partitions: PartitionList, by client: KafkaClient, within limit: Duration
  ) async -> KafkaReply? {
    await client.context.replies.ask(within: limit) { opaque in
      var message = [CChar](repeating: 0, count: 256)
      var request = rd_kafka_ListConsumerGroupOffsets_new(group, partitions.handle)
      let options = rd_kafka_AdminOptions_new(client.handle, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS)
      rd_kafka_AdminOptions_set_request_timeout(
        options, Int32(clamping: limit.milliseconds), &message, message.count)
      rd_kafka_AdminOptions_set_opaque(options, opaque)
      rd_kafka_ListConsumerGroupOffsets(client.handle, &request, 1, options, client.backgroundQueue)
      rd_kafka_AdminOptions_destroy(options)
      rd_kafka_ListConsumerGroupOffsets_destroy(request)
      return .none
    }
  }

  /// What the event of an answer says.
  static func reply(_ event: OpaquePointer) -> KafkaReply {
    let code = KafkaErrorCode(rd_kafka_event_error(event))
    guard code == .none else { return .failed(code, String(cString: rd_kafka_event_error_string(event))) }
    var count = 0
    let groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
      rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
    guard count > 0, let group = groups?[0] else { return .offsets([:]) }
    if let error = rd_kafka_group_result_error(group) {
      return .failed(KafkaErrorCode(rd_kafka_error_code(error)), String(cString: rd_kafka_error_string(error)))
    }
    var offsets: [String: [Int32: Int64]] = [:]
    PartitionList.forEach(rd_kafka_group_result_partitions(group)) { name, partition, offset, error in
      if error == .none, offset >= 0 { offsets[name, default: [:]][partition] = offset }
    }
    return .offsets(offsets)
  }
}
