import RuntimeHost

/// What is kept of a flow beside its events.
struct FlowRecord: Sendable, Equatable {
  enum Status: String, Sendable {
    /// Events may still come.
    case open
    /// It was quiet long enough.
    case completed
    /// It was quiet long enough, and its last event tells of a failure.
    case failed
  }

  var rowID: Int64
  var correlationID: String
  var status: Status
  var firstType: String
  var finalType: String
  var startedAt: Timestamp
  /// When the latest stretch began: a flow that was complete and goes on (a person approved something an hour later)
  /// begins a new one, so that the pause does not make it slow.
  var stretchStartedAt: Timestamp
  var endedAt: Timestamp
  var eventCount: Int
  var slowAt: Timestamp?

  static let columns = """
    id, correlation_id, status, first_type, final_type, started_at, stretch_started_at, ended_at, event_count, slow_at
    """

  init(_ row: Row) throws {
    rowID = try row.int64(0)
    correlationID = try row.string(1)
    status = Status(rawValue: try row.string(2)) ?? .open
    firstType = try row.string(3)
    finalType = try row.string(4)
    startedAt = Timestamp(microsecondsSinceEpoch: try row.int64(5))
    stretchStartedAt = Timestamp(microsecondsSinceEpoch: try row.int64(6))
    endedAt = Timestamp(microsecondsSinceEpoch: try row.int64(7))
    eventCount = try row.int(8)
    slowAt = try row.optionalInt64(9).map { Timestamp(microsecondsSinceEpoch: $0) }
  }

  /// How long the latest stretch took so far.
  var duration: Duration { endedAt - stretchStartedAt }
}
