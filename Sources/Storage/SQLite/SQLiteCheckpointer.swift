import Dispatch
import Synchronization

/// Copies the write-ahead log back into the database on a thread and a connection of its own, so that nobody's commit
/// waits for it. The thread starts when there is something to copy for the first time.
final class SQLiteCheckpointer: Sendable {
  private struct State {
    var isStarted = false
    var isDue = false
    var isClosed = false
  }

  private let path: String
  private let configuration: SQLiteConfiguration
  private let state = Mutex(State())
  private let signal = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()

  init(path: String, configuration: SQLiteConfiguration) {
    self.path = path
    self.configuration = configuration
  }

  /// Asks for a checkpoint; returns at once. Asking again while one is due changes nothing.
  func wake() {
    let (starts, signals) = state.withLock { state in
      guard !state.isClosed, !state.isDue else { return (false, false) }
      state.isDue = true
      defer { state.isStarted = true }
      return (!state.isStarted, true)
    }
    if starts { start() }
    if signals { signal.signal() }
  }

  /// Ends the thread and waits for it. Blocks: not for a cooperative thread.
  func close() {
    state.withLock { $0.isClosed = true }
    signal.signal()
    ended.wait()
  }

  private func start() {
    ended.enter()
    do {
      try DatabaseThread.start { [self] in
        run()
        ended.leave()
      }
    } catch {
      // The writer copies the log itself once it has grown further.
      ended.leave()
    }
  }

  private func run() {
    guard let connection = try? SQLiteConnection.open(path: path, role: .checkpointer, configuration: configuration)
    else { return }
    while true {
      signal.wait()
      if state.withLock({ $0.isClosed }) { return }
      connection.checkpoint()
      state.withLock { $0.isDue = false }
    }
  }
}
