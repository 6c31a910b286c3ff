import Synchronization

/// A caller's closure on its way through a `JobQueue`, and the continuation that waits for it.
final class PendingTransaction<Value: Sendable>: DatabaseJob {
  private enum Phase {
    case created
    case waiting(CheckedContinuation<Value, any Error>)
    case claimed(CheckedContinuation<Value, any Error>)
    case finished
  }

  private struct State {
    var phase = Phase.created
    var value: Value?
    /// Why it was given up before it had a continuation.
    var abandoned: (any Error)?
  }

  let deadline: ContinuousClock.Instant
  private let body: @Sendable (Transaction) throws -> Value
  private let state = Mutex(State())

  init(deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (Transaction) throws -> Value) {
    self.deadline = deadline
    self.body = body
  }

  /// Has itself queued and waits for the outcome.
  func outcome(submit: (any DatabaseJob) throws(DatabaseError) -> Void) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let abandoned = state.withLock { state in
          if state.abandoned == nil { state.phase = .waiting(continuation) }
          return state.abandoned
        }
        if let abandoned {
          continuation.resume(throwing: abandoned)
        } else {
          do { try submit(self) } catch { giveUp(error) }
        }
      }
    } onCancel: {
      giveUp(CancellationError())
    }
  }

  var isWaiting: Bool {
    state.withLock { if case .waiting = $0.phase { true } else { false } }
  }

  func claim() -> Bool {
    state.withLock { state in
      guard case .waiting(let continuation) = state.phase else { return false }
      state.phase = .claimed(continuation)
      return true
    }
  }

  func run(in transaction: Transaction) throws {
    let value = try body(transaction)
    try transaction.insertWaitingRows()
    state.withLock { $0.value = value }
  }

  func succeed() {
    let (continuation, value) = state.withLock { state in
      defer { state.value = nil }
      return (Self.finish(&state), state.value)
    }
    guard let continuation, let value else { return }
    continuation.resume(returning: value)
  }

  func fail(_ error: any Error) {
    state.withLock { Self.finish(&$0) }?.resume(throwing: error)
  }

  func giveUp(_ error: any Error) {
    let continuation: CheckedContinuation<Value, any Error>? = state.withLock { state in
      switch state.phase {
      case .created:
        state.abandoned = error
        return nil
      case .waiting(let continuation):
        state.phase = .finished
        return continuation
      case .claimed, .finished:
        return nil
      }
    }
    continuation?.resume(throwing: error)
  }

  private static func finish(_ state: inout State) -> CheckedContinuation<Value, any Error>? {
    guard case .claimed(let continuation) = state.phase else { return nil }
    state.phase = .finished
    return continuation
  }
}
