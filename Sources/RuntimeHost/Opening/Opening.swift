/// Opens what a host stands on, and waits for what is not there yet: a broker or a database that starts later.
struct Opening: Sendable {
  let clock: any EventClock
  let logger: Logger
  /// Told why it waits, and nil when it waits no longer.
  let report: @Sendable (String?) -> Void

  private static let backoff = Backoff(first: .milliseconds(100), limit: .seconds(5))
  /// How long the log says nothing more of the same reason.
  private static let silence: Duration = .seconds(30)

  /// - Parameter place: What is opened, for people.
  /// - Throws: The `HostError` of a permanent failure; `CancellationError` when the task is cancelled.
  func whenThere<Value>(
    _ place: String, _ open: () async throws(OpeningFailure) -> Value
  ) async throws -> Value {
    var generator = SystemRandomNumberGenerator()
    var said: (reason: String, at: Duration)?
    for attempt in 1... {
      try Task.checkCancellation()
      do throws(OpeningFailure) {
        let value = try await open()
        if said != nil { logger.info("\(place) is there") }
        report(nil)
        return value
      } catch .permanent(let error) {
        throw error
      } catch .temporary(let reason) {
        report("waiting for \(place): \(reason)")
        let isNews = said.map { $0.reason != reason || clock.uptime() - $0.at >= Self.silence } ?? true
        if isNews {
          logger.warning("waiting for \(place)", metadata: ["reason": "\(reason)"])
          said = (reason, clock.uptime())
        }
        try await clock.sleep(for: Self.backoff.delay(attempt: attempt, using: &generator))
      }
    }
    throw CancellationError()
  }
}
