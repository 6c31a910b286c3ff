import CRdKafka
import Messaging

/// librdkafka's list of partitions, with offsets where they matter; freed with the last reference.
///
/// Unchecked: filled by the one who makes it, read by librdkafka after that.
final class PartitionList: @unchecked Sendable {
  let handle: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  init() {
    handle = rd_kafka_topic_partition_list_new(16)
  }

  /// A copy of a list of librdkafka's.
  init(copying list: UnsafePointer<rd_kafka_topic_partition_list_t>) {
    handle = rd_kafka_topic_partition_list_copy(list)
  }

  deinit {
    rd_kafka_topic_partition_list_destroy(handle)
  }

  func append(_ name: String, _ partition: Int32, offset: Int64? = nil) {
    let element = rd_kafka_topic_partition_list_add(handle, name, partition)
    if let offset { element?.pointee.offset = offset }
  }

  /// Puts in what the consumer's group has committed. Blocks, up to the limit.
  ///
  /// - Returns: Whether the answer is there for good. What the brokers refuse to tell is then left for librdkafka to ask
  ///   for when the list is assigned, which tells why.
  func fetchCommitted(by client: KafkaClient, within limit: Duration) -> Bool {
    let code = KafkaErrorCode(rd_kafka_committed(client.handle, handle, Int32(clamping: limit.milliseconds)))
    var isSettled = !KafkaErrorCode.transient.contains(code)
    for index in 0..<Int(handle.pointee.cnt) {
      let error = KafkaErrorCode(handle.pointee.elems[index].err)
      if KafkaErrorCode.transient.contains(error) { isSettled = false }
      if code != .none || error != .none { handle.pointee.elems[index].offset = Int64(RD_KAFKA_OFFSET_STORED) }
      handle.pointee.elems[index].err = RD_KAFKA_RESP_ERR_NO_ERROR
    }
    return isSettled
  }

  /// Calls the closure with each name, partition, offset and error of a list.
  static func forEach(
    _ list: UnsafePointer<rd_kafka_topic_partition_list_t>?,
    _ body: (_ name: String, _ partition: Int32, _ offset: Int64, _ error: KafkaErrorCode) -> Void
  ) {
    guard let list else { return }
    for index in 0..<Int(list.pointee.cnt) {
      let element = list.pointee.elems[index]
      guard let name = element.topic else { continue }
      body(String(cString: name), element.partition, element.offset, KafkaErrorCode(element.err))
    }
  }
}
