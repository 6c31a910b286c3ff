/// How a SQLite database is opened. The defaults are for a service's state: durable at each commit, small in memory.
public struct SQLiteConfiguration: Sendable {
  public enum Synchronous: String, Sendable {
    /// A commit has reached the disk when it returns.
    case full = "FULL"
    /// A power failure may cost the last commits, never consistency; a killed process costs nothing.
    case normal = "NORMAL"
  }

  public var synchronous = Synchronous.full

  /// Reader connections at most. They are opened when reads come in at the same time.
  public var readers = 2

  /// How long a transaction may wait for its turn, other processes' locks included, before it fails with `.busy`.
  public var waitLimit = Duration.seconds(10)

  /// Transactions that may wait at a time. More are refused with `.busy` at once.
  public var queueLimit = 4096

  /// Transactions that share one commit at most.
  public var groupLimit = 256

  /// How long a group may go on taking in transactions before it commits.
  public var groupDuration = Duration.milliseconds(20)

  /// Page cache of each connection, in KiB. What does not fit comes from the operating system's cache.
  public var cacheKiB = 1024

  /// Of a new file, in bytes.
  public var pageSize = 4096

  /// The size of the write-ahead log, in pages, from which it is copied back into the database.
  public var checkpointPages = 1000

  /// The file's size at most, in pages; `nil` for no bound but the disk's.
  public var maximumPages: Int?

  public init() {}
}
