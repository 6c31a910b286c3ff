import CRdKafka
import Messaging

/// The prefetched records of one partition, kept apart from those of the others: a partition that is paused holds what
/// was fetched, and the others go on.
///
/// librdkafka stops fetching for it once it is full, so that memory is bounded without purging and fetching again.
/// Unchecked: `read` is called by one task at a time, and `free` after the last of them.
final class PartitionQueue: @unchecked Sendable {
  let partition: TopicPartition
  private let bell: QueueBell
  private let queue: OpaquePointer
  private var decoder: RecordDecoder

  /// - Parameter name: The topic as the cluster names it.
  init?(_ client: OpaquePointer, name: String, partition: TopicPartition, reader: Signal) {
    guard let queue = rd_kafka_queue_get_partition(client, name, partition.partition) else { return nil }
    self.partition = partition
    self.queue = queue
    bell = QueueBell(reader: reader)
    decoder = RecordDecoder(partition: partition)
    // Apart from the consumer's own queue from the start, so that nothing of it goes there.
    rd_kafka_queue_forward(queue, nil)
    rd_kafka_queue_cb_event_enable(queue, kafkaQueueFilled, Unmanaged.passUnretained(bell).toOpaque())
  }

  /// Whether there may be something to read.
  func takeBell() -> Bool { bell.take() }

  /// There is something left to read.
  func keepBell() { bell.keep() }

  /// Takes up to that many records without waiting.
  ///
  /// - Parameters:
  ///   - buffer: Room for their handles; its size is the limit.
  ///   - take: Called with each record; `nil` in its place says that the end of the partition was reached.
  /// - Returns: How many handles there were; as many as the limit mean that there may be more.
  func read(
    into buffer: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>,
    onError: (KafkaErrorCode, String) -> Void, _ take: (DeliveredRecord?) -> Void
  ) -> Int {
    let count = rd_kafka_consume_batch_queue(queue, 0, buffer.baseAddress, buffer.count)
    guard count > 0 else { return 0 }
    for index in 0..<count {
      guard let message = buffer[index] else { continue }
      let code = KafkaErrorCode(message.pointee.err)
      if code == .none {
        take(decoder.decode(message))
      } else if code == .endOfPartition {
        take(nil)
      } else {
        onError(code, rd_kafka_message_errstr(message).map { String(cString: $0) } ?? code.description)
      }
      rd_kafka_message_destroy(message)
    }
    return count
  }

  /// Gives the queue back; the partition is not fetched any more.
  func free() {
    rd_kafka_queue_cb_event_enable(queue, nil, nil)
    rd_kafka_queue_destroy(queue)
  }
}
