import Events
import Storage

/// How an embedded log is kept. The defaults suit one machine: durable at each append, a week of history.
public struct EventLogConfiguration: Sendable {
  /// Partitions of each topic. Stored in a new file; an existing one keeps its own number.
  public var partitions: Int32 = 16

  /// `.full`: an append that succeeded survives a power failure. `.normal`: it survives the process only.
  public var synchronous = SQLiteConfiguration.Synchronous.full

  /// A record's value, key and headers at most, together, in bytes. Larger ones are refused as `tooLarge`.
  public var maximumRecordBytes = 16 << 20

  /// How long an append may wait for other processes before it fails with `unavailable`.
  public var waitLimit = Duration.seconds(10)

  /// Records older than this are removed; `nil` keeps them whatever their age.
  public var maximumAge: Duration? = .seconds(7 * 24 * 3600)

  /// The oldest records are removed while the log takes more than this; `nil` for no bound but the disk's.
  public var maximumBytes: Int? = 4 << 30

  /// How long after its last member left a group still keeps what it has not acknowledged from being removed.
  public var groupRetention = Duration.seconds(7 * 24 * 3600)

  /// How long a process may show no sign of life before its partitions are given to others. One that has ended is
  /// noticed at the next tick, whatever this says.
  public var sessionTimeout = Duration.seconds(15)

  /// How long a member may take to give partitions up before they are taken away.
  public var revocationTimeout = Duration.seconds(60)

  /// How long acknowledgements are gathered before they are stored together.
  public var storeInterval = Duration.milliseconds(25)

  /// How often other processes are looked after when nothing else tells of them.
  public var tickInterval = Duration.seconds(1)

  /// The file's size at most, in pages of 4 KiB; `nil` for no bound but the disk's.
  public var maximumPages: Int?

  /// Where times come from.
  public var clock = EventLogClock()

  public init() {}
}
