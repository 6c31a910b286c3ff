/// How an in-memory log is kept. The defaults suit tests and a laptop.
public struct InMemoryConfiguration: Sendable {
  /// Partitions of each topic; at least 1.
  public var partitions: Int32 = 8

  /// Records kept at most. When there are as many, the oldest that every group has acknowledged go; while there are
  /// none, appends wait.
  public var capacity = 1_000_000

  /// How long an append may wait for room before it fails with `unavailable`.
  public var waitLimit = Duration.seconds(10)

  /// A record's value, key and headers at most, together, in bytes. Larger ones are refused as `tooLarge`.
  public var maximumRecordBytes = 16 << 20

  /// How long a member may take to give partitions up before they are taken away.
  public var revocationTimeout = Duration.seconds(60)

  /// Where times come from.
  public var clock: any EventClock = SystemClock()

  public init() {}
}
