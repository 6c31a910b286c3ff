import Dispatch

/// Calls a closure at an interval, until it is stopped or let go.
///
/// Sendable because nothing changes after `init`, and a dispatch source may be used from any thread.
final class TickTimer: @unchecked Sendable {
  private let source: any DispatchSourceTimer

  init(every interval: Duration, _ body: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource()
    source.setEventHandler { body() }
    let nanoseconds =
      Int(interval.components.seconds) * 1_000_000_000 + Int(interval.components.attoseconds / 1_000_000_000)
    // Leeway lets the system wake up once for all such timers of the process.
    source.schedule(
      deadline: .now() + .nanoseconds(nanoseconds), repeating: .nanoseconds(nanoseconds),
      leeway: .nanoseconds(nanoseconds / 5))
    source.activate()
  }

  deinit {
    source.cancel()
  }

  func stop() {
    source.cancel()
  }
}
