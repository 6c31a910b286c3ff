/// What a subscription has to say next.
public enum SubscriptionBatch: Sendable {
  /// Records of partitions that this member owns. Never empty.
  case records([DeliveredRecord])
  /// Partitions that this member owns from now on.
  case assigned(Set<TopicPartition>)
  /// Partitions that this member owns no longer.
  case revoked(Set<TopicPartition>, Revocation)
  /// The subscription or its transport was closed, or the waiting task was cancelled. Nothing comes after it.
  case closed

  /// How partitions were taken away.
  public enum Revocation: Sendable, Hashable {
    /// The others wait until `completeRevocation` is called: finish what runs, acknowledge it, then call it.
    case orderly
    /// Another member owns them already: what still runs is not acknowledged any more.
    case lost
  }
}
