/// The topics that a subscription or a tail wants.
public enum TopicSelection: Sendable, Hashable {
  /// Every topic, also those that come to be later.
  case all
  /// These topics, whether they are there already or not.
  case named(Set<String>)

  public func contains(_ topic: String) -> Bool {
    switch self {
    case .all: true
    case .named(let names): names.contains(topic)
    }
  }
}
