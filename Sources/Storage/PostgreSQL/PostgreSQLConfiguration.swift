/// How a PostgreSQL database is used. The defaults are for one service among several that share a server.
///
/// One process holds at most one connection for writing and `readers` for reading, each opened when it is needed first.
public struct PostgreSQLConfiguration: Sendable {
  /// What the server's own views show these connections as.
  public var applicationName = "roost"

  /// Reader connections at most. They are opened when reads come in at the same time.
  public var readers = 4

  /// How long a transaction may wait for its turn, other processes' locks and a server that is away included, before
  /// it fails with `.busy` or `.connectionLost`.
  public var waitLimit = Duration.seconds(10)

  /// Transactions that may wait at a time. More are refused with `.busy` at once.
  public var queueLimit = 4096

  /// Transactions that share one commit at most.
  public var groupLimit = 256

  /// How long a group may go on taking in transactions before it commits. Other processes wait for so long.
  public var groupDuration = Duration.milliseconds(20)

  /// How long it may take to connect.
  public var connectLimit = Duration.seconds(5)

  /// How long one statement may run. Migrations are not held to it.
  public var statementLimit = Duration.seconds(30)

  /// How long a peer may be silent before the connection counts as lost: between 3 and 60 seconds.
  public var silenceLimit = Duration.seconds(15)

  /// How often a transaction is run again that lost against another one.
  public var attempts = 10

  public init() {}
}
