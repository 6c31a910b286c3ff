import Synchronization

/// One service as its host runs it.
struct RunningService: Sendable {
  let name: String
  let environment: ServiceEnvironment
  let consumer: EventConsumer
  let relay: OutboxRelay
  let probe: DatabaseProbe
  let backgroundTasks: [ServiceRegistration.BackgroundTask]

  private static let backoff = Backoff(first: .milliseconds(200), limit: .seconds(60))

  /// Runs a background task over and over until the task is cancelled: what it throws is logged, and it begins anew.
  func run(_ task: ServiceRegistration.BackgroundTask) async {
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled {
      do {
        try await task.body(environment.context())
        return
      } catch is CancellationError {
        return
      } catch {
        failures += 1
        environment.logger.warning(
          "a background task failed and will begin anew", metadata: ["task": "\(task.name)", "error": "\(error)"])
        let delay = Self.backoff.delay(attempt: failures, using: &generator)
        guard (try? await environment.clock.sleep(for: delay)) != nil else { return }
      }
    }
  }
}
