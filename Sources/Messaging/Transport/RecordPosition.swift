/// Where a record lies in the log. Offsets grow within a partition; they may have gaps.
public struct RecordPosition: Hashable, Sendable, CustomStringConvertible {
  public var topic: String
  public var partition: Int32
  public var offset: Int64

  public init(topic: String, partition: Int32, offset: Int64) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
  }

  public var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }

  public var description: String { "\(topic)/\(partition)@\(offset)" }
}
