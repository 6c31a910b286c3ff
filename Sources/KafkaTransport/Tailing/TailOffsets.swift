import Messaging

/// Where a tail stands in each partition: the text of a cursor.
///
/// `v1~memory~0.1f..3~agent~2`: a topic, then the next offset of each of its partitions from 0 on, in base 36, empty
/// where nothing is known. Unreserved URL characters only, since topics have none of `~`.
struct TailOffsets: Sendable, Equatable {
  private static let version = "v1"

  private var topics: [String: [Int64?]] = [:]

  init() {}

  init(_ cursor: TailCursor) throws(TransportError) {
    let parts = cursor.rawValue.split(separator: "~", omittingEmptySubsequences: false)
    guard parts.first == Self.version[...], parts.count % 2 == 1 else { throw Self.refusal(cursor) }
    for index in stride(from: 1, to: parts.count, by: 2) {
      let topic = String(parts[index])
      guard TopicName.isValid(topic), topics[topic] == nil else { throw Self.refusal(cursor) }
      var offsets: [Int64?] = []
      for text in parts[index + 1].split(separator: ".", omittingEmptySubsequences: false) {
        if text.isEmpty {
          offsets.append(nil)
        } else {
          guard let offset = Int64(text, radix: 36), offset >= 0 else { throw Self.refusal(cursor) }
          offsets.append(offset)
        }
      }
      topics[topic] = offsets
    }
  }

  private static func refusal(_ cursor: TailCursor) -> TransportError {
    TransportError(.invalidCursor, "not a cursor of Kafka: \(cursor.rawValue.prefix(100).debugDescription)")
  }

  /// The next offset of a partition; `nil` where nothing is known of it.
  subscript(partition: TopicPartition) -> Int64? {
    get {
      guard let offsets = topics[partition.topic], offsets.indices.contains(Int(partition.partition)) else {
        return nil
      }
      return offsets[Int(partition.partition)]
    }
    set {
      let index = Int(partition.partition)
      while topics[partition.topic, default: []].count <= index { topics[partition.topic, default: []].append(nil) }
      topics[partition.topic]?[index] = newValue
    }
  }

  var cursor: TailCursor {
    var text = Self.version
    for (topic, offsets) in topics.sorted(by: { $0.key < $1.key }) {
      text += "~\(topic)~"
      text += offsets.map { $0.map { String($0, radix: 36) } ?? "" }.joined(separator: ".")
    }
    return TailCursor(rawValue: text)
  }
}
