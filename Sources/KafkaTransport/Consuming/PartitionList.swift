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

  deinit {
    rd_kafka_topic_partition_list_destroy(handle)
  }

  func append(_ name: String, _ partition: Int32, offset: Int64? = nil) {
    let element = rd_kafka_topic_partition_list_add(handle, name, partition)
    if let offset { element?.pointee.offset = offset }
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
