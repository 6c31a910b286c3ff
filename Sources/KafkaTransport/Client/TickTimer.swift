import Dispatch

/// Calls a closure at an interval, until it is stopped or let go.
///
/// Unchecked: nothing changes after `init`, and a dispatch source may be used from any thread.
final class TickTimer: @unchecked Sendable {
  private let source: any DispatchSourceTimer

  init(every interval: Duration, _ body: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource()
    source.setEventHandler { body() }
    let milliseconds = Int(interval.milliseconds)
    source.schedule(
      deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds),
      leeway: .milliseconds(milliseconds / 5))
    source.activate()
  }

  deinit {
    source.cancel()
  }

  func stop() {
    source.cancel()
  }
}
