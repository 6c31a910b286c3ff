import Events
import Storage

/// Forgets inbox rows that nothing can come back to: far older than the log keeps its events.
struct InboxPruner: Sendable {
  static let retention = Duration.seconds(90 * 86_400)
  private static let interval = Duration.seconds(6 * 3_600)
  /// The first time comes soon: a process may not live for the interval.
  private static let firstInterval = Duration.seconds(600)
  private static let chunk = 1_000

  let environment: ServiceEnvironment

  /// Prunes now and then, until the task is cancelled.
  func run() async {
    var interval = Self.firstInterval
    while (try? await environment.clock.sleep(for: interval)) != nil {
      interval = Self.interval
      do { try await prune() } catch {
        environment.logger.warning("the inbox could not be pruned", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Walks the table once by its key, in chunks, so that no writer waits for long.
  func prune() async throws {
    let oldest = (environment.clock.now() - Self.retention).microsecondsSinceEpoch / 1_000_000
    var last = (handler: "", eventID: "")
    while true {
      try Task.checkCancellation()
      let rows = try await environment.database.read { [last] tx in
        try tx.query(
          """
          SELECT handler, event_id, handled_at FROM inbox
          WHERE (handler, event_id) > (?, ?) ORDER BY handler, event_id LIMIT ?
          """, last.handler, last.eventID, Self.chunk
        ) { (handler: try $0.string(0), eventID: try $0.rawText(1), handledAt: try $0.int64(2)) }
      }
      guard let end = rows.last else { return }
      last = (end.handler, end.eventID)
      let old = rows.filter { $0.handledAt < oldest }
      guard !old.isEmpty else { continue }
      try await environment.database.write { tx in
        for row in old {
          try tx.execute("DELETE FROM inbox WHERE handler = ? AND event_id = ?", row.handler, row.eventID)
        }
      }
    }
  }
}
