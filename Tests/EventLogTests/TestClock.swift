import EventLog
import Events
import Synchronization

/// A clock that stands still until the test moves it.
final class TestClock: Sendable {
  private let elapsed = Mutex(Duration.zero)
  private let start = Timestamp(microsecondsSinceEpoch: 1_800_000_000_000_000)

  func advance(by duration: Duration) {
    elapsed.withLock { $0 += duration }
  }

  var clock: EventLogClock {
    EventLogClock(
      date: { [self] in start + elapsed.withLock { $0 } }, uptime: { [self] in elapsed.withLock { $0 } })
  }
}
