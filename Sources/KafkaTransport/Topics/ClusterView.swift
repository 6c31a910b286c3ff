import CRdKafka
import Foundation
import Messaging

/// What a cluster says of its topics and how far they reach. Every call blocks, up to its limit.
struct ClusterView {
  let client: KafkaClient
  let names: TopicNames

  /// The partitions of the topics that are there.
  func partitions(of topics: TopicSelection, within limit: Duration) -> Result<[TopicPartition], TransportError> {
    var metadata: UnsafePointer<rd_kafka_metadata>?
    let code = rd_kafka_metadata(client.handle, 1, nil, &metadata, Int32(clamping: limit.milliseconds))
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else { return .failure(failure(code)) }
    defer { rd_kafka_metadata_destroy(metadata) }
    var spelt: [String: String] = [:]
    if case .named(let topics) = topics { for topic in topics { spelt[names.full(topic)] = topic } }
    var found: [TopicPartition] = []
    for index in 0..<Int(metadata.pointee.topic_cnt) {
      let entry = metadata.pointee.topics[index]
      guard entry.err == RD_KAFKA_RESP_ERR_NO_ERROR, let name = entry.topic.map({ String(cString: $0) }) else {
        continue
      }
      guard let topic = spelt[name] ?? names.topic(of: name), topics.contains(topic) else { continue }
      for partition in 0..<entry.partition_cnt {
        found.append(TopicPartition(topic: topic, partition: entry.partitions[Int(partition)].id))
      }
    }
    return .success(found)
  }

  /// What there is: other programs' topics too, and the brokers by their numbers.
  struct Inventory: Sendable {
    var topics: Set<String> = []
    var brokers: Set<Int32> = []
  }

  func inventory(within limit: Duration) -> Result<Inventory, TransportError> {
    var metadata: UnsafePointer<rd_kafka_metadata>?
    let code = rd_kafka_metadata(client.handle, 1, nil, &metadata, Int32(clamping: limit.milliseconds))
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else { return .failure(failure(code)) }
    defer { rd_kafka_metadata_destroy(metadata) }
    var inventory = Inventory()
    for index in 0..<Int(metadata.pointee.topic_cnt) {
      if let name = metadata.pointee.topics[index].topic { inventory.topics.insert(String(cString: name)) }
    }
    for index in 0..<Int(metadata.pointee.broker_cnt) { inventory.brokers.insert(metadata.pointee.brokers[index].id) }
    return .success(inventory)
  }

  /// Which end of a partition is asked for.
  enum End: Int64 {
    case oldest = -2
    case newest = -1
  }

  /// How long a partition is given to find its leader before it is asked again.
  private static let pause = Duration.milliseconds(100)

  /// The first offset that is kept, or the one behind the last, of each partition. A partition without a leader is asked
  /// again: a new topic has some, for as long as its brokers take to learn of it.
  func offsets(_ end: End, of partitions: [TopicPartition], within limit: Duration)
    -> Result<[TopicPartition: Int64], TransportError>
  {
    let clock = SystemClock()
    let deadline = clock.uptime() + limit
    while true {
      switch askOffsets(end, of: partitions, within: deadline - clock.uptime()) {
      case .success(let offsets): return .success(offsets)
      case .failure(let code):
        guard KafkaErrorCode.transient.contains(code), clock.uptime() + Self.pause < deadline else {
          return .failure(failure(code.code))
        }
        Thread.sleep(forTimeInterval: Self.pause / .seconds(1))
      }
    }
  }

  private func askOffsets(_ end: End, of partitions: [TopicPartition], within limit: Duration)
    -> Result<[TopicPartition: Int64], KafkaErrorCode>
  {
    guard !partitions.isEmpty else { return .success([:]) }
    let list = PartitionList()
    for partition in partitions {
      list.append(names.full(partition.topic), partition.partition, offset: end.rawValue)
    }
    let code = KafkaErrorCode(
      rd_kafka_offsets_for_times(client.handle, list.handle, Int32(clamping: limit.milliseconds)))
    guard code == .none else { return .failure(code) }
    var offsets: [TopicPartition: Int64] = [:]
    var topics: [String: String] = [:]
    for partition in partitions { topics[names.full(partition.topic)] = partition.topic }
    PartitionList.forEach(list.handle) { name, number, offset, error in
      guard let topic = topics[name], error == .none, offset >= 0 else { return }
      offsets[TopicPartition(topic: topic, partition: number)] = offset
    }
    return .success(offsets)
  }

  private func failure(_ code: rd_kafka_resp_err_t) -> TransportError {
    TransportError(.unavailable, "Kafka: \(client.context.brokers.lastError ?? KafkaErrorCode(code).description)")
  }
}
