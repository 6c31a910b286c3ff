import CCurl
import Foundation
import Synchronization

/// The way to the transfer thread: any thread posts, the thread takes.
///
/// Posting never waits for the network. The queue is as long as the calls that are under way: each posts a start and
/// a few words about it, and the thread refuses starts beyond its limit.
final class TransferQueue: Sendable {
  private struct State {
    var commands: [TransferCommand] = []
    /// False once the thread no longer looks: then the handle may be gone, and nothing may touch it.
    var isOpen = true
    var isStopping = false
  }

  private let multi: MultiHandle
  private let state = Mutex(State())

  init(multi: MultiHandle) { self.multi = multi }

  func post(_ command: TransferCommand) {
    let isOpen = state.withLock { state in
      guard state.isOpen, !state.isStopping else { return false }
      state.commands.append(command)
      multi.wakeUp()
      return true
    }
    if !isOpen, case .start(_, _, let sink) = command { sink.fail(.cancelled) }
  }

  /// Asks the thread to end; what is under way fails as cancelled.
  func stop() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isStopping = true
      multi.wakeUp()
    }
  }

  /// All that was posted since the last call, and whether to go on.
  func take() -> (commands: [TransferCommand], isStopping: Bool) {
    state.withLock { state in
      defer { state.commands.removeAll(keepingCapacity: true) }
      return (state.commands, state.isStopping)
    }
  }

  /// From here on nothing reaches the handle. Called by the thread before it frees it.
  func close() {
    state.withLock { $0.isOpen = false }
  }
}
