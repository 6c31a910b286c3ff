import Synchronization

/// Bounds what waits for the brokers. Who would go beyond it waits until half of it is free again.
final class AppendBudget: Sendable {
  /// What a record costs beside its bytes: librdkafka's own and those of its headers.
  static let recordCost = 512

  private let limit: Int
  private let used = Atomic(0)
  private let waiting = Atomic(0)
  private let waiters = Mutex<[CheckedContinuation<Void, Never>]>([])

  /// - Parameter limit: In bytes.
  init(limit: Int) {
    self.limit = limit
  }

  /// Whether appends wait for room.
  var isExhausted: Bool { used.load(ordering: .relaxed) >= limit }

  func take(_ cost: Int) {
    used.add(cost, ordering: .relaxed)
  }

  func release(_ cost: Int) {
    let left = used.subtract(cost, ordering: .sequentiallyConsistent).newValue
    if left <= limit / 2, waiting.load(ordering: .sequentiallyConsistent) > 0 { wakeAll() }
  }

  /// Returns when there is room.
  func wait() async {
    while isExhausted { await wait(wakingAt: limit / 2) }
  }

  /// Returns after the next release below half of the budget; at once when nothing is used.
  func waitForRelease() async { await wait(wakingAt: 0) }

  private func wait(wakingAt level: Int) async {
    await withCheckedContinuation { continuation in
      waiters.withLock { $0.append(continuation) }
      waiting.add(1, ordering: .sequentiallyConsistent)
      // What was released before it was known that somebody waits.
      if used.load(ordering: .sequentiallyConsistent) <= level { wakeAll() }
    }
  }

  private func wakeAll() {
    let woken = waiters.withLock { waiters in
      defer { waiters = [] }
      return waiters
    }
    waiting.subtract(woken.count, ordering: .sequentiallyConsistent)
    for waiter in woken { waiter.resume() }
  }
}
