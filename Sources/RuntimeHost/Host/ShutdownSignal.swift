import Dispatch
import Glibc
import Synchronization

/// Turns SIGTERM and SIGINT into something that can be waited for. A second one ends the process at once.
///
/// Unchecked, since Dispatch's sources are not declared sendable: they are set once, and touched again only when nobody
/// else can have the value any more.
final class ShutdownSignal: @unchecked Sendable {
  private struct State: Sendable {
    var count = 0
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGTERM, SIGINT].map { number in
      // The source hears of a signal whose own effect is switched off.
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [weak self] in self?.receive() }
      source.resume()
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  private func receive() {
    let (count, waiter) = state.withLock { state in
      state.count += 1
      defer { state.waiter = nil }
      return (state.count, state.waiter)
    }
    if count > 1 { _exit(130) }
    waiter?.resume()
  }

  /// Returns at the first signal. One task waits.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.count == 0 { state.waiter = continuation }
        return state.count > 0
      }
      if isThere { continuation.resume() }
    }
  }
}
