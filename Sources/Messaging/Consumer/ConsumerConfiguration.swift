/// Bounds of a consumer.
public struct ConsumerConfiguration: Sendable {
  /// Events handled side by side at most, by all handlers of the service together.
  public var concurrency: Int
  /// Unfinished records of one partition at which the partition is paused.
  public var partitionLimit: Int
  /// The most records asked for at once.
  public var batchLimit: Int
  /// How long resolved and discarded failed deliveries are kept.
  public var resolvedRetention: Duration

  public init(
    concurrency: Int = 64, partitionLimit: Int = 512, batchLimit: Int = 512,
    resolvedRetention: Duration = .seconds(7 * 86_400)
  ) {
    self.concurrency = concurrency
    self.partitionLimit = partitionLimit
    self.batchLimit = batchLimit
    self.resolvedRetention = resolvedRetention
  }
}
