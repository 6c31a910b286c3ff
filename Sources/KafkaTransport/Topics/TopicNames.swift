import Messaging

/// How topics and groups are named in the cluster: a prefix, then the first segment of the event type or the service.
struct TopicNames: Sendable {
  let prefix: String

  /// Topics and groups both have the prefix: installations that share a cluster do not rebalance each other's members.
  func full(_ name: String) -> String { prefix + name }

  /// The topic of a name in the cluster; `nil` when the name is not one of ours.
  func topic(of full: String) -> String? {
    guard full.hasPrefix(prefix), full.utf8.count > prefix.utf8.count else { return nil }
    let topic = full.dropFirst(prefix.count)
    return topic.utf8.allSatisfy(Self.isSegmentByte) && !topic.hasPrefix("__") ? String(topic) : nil
  }

  /// librdkafka's pattern for every topic, also those that come to be later.
  var pattern: String {
    let escaped = prefix.map { $0 == "." ? "[.]" : String($0) }.joined()
    return "^\(escaped)[a-z0-9_]+$"
  }

  private static func isSegmentByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
