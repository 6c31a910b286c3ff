import CRdKafka
import Synchronization

/// What librdkafka answers to a request whose result comes by event.
enum KafkaReply: Sendable {
  case commit(KafkaErrorCode)
  /// By topic, what became of its making.
  case topics([String: (code: KafkaErrorCode, message: String)])
  /// By topic as the cluster names it and partition, the committed offset.
  case offsets([String: [Int32: Int64]])
  case failed(KafkaErrorCode, String)
}

/// Requests that wait for their answer. A number goes to librdkafka in place of a pointer, so that an answer that never
/// comes, or comes too late, touches nothing.
final class ReplyTable: Sendable {
  private struct State {
    var waiting: [Int: CheckedContinuation<KafkaReply?, Never>] = [:]
    var nextID = 1
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Sends a request and waits for its answer.
  ///
  /// - Parameter send: Gives the request to librdkafka with this value as its opaque; an error is the answer.
  /// - Returns: `nil` when no answer came within the limit, or the client was freed.
  func ask(within limit: Duration, _ send: (UnsafeMutableRawPointer?) -> KafkaErrorCode) async -> KafkaReply? {
    let id = state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
    let timer = Task {
      guard (try? await Task.sleep(for: limit)) != nil else { return }
      finish(id, nil)
    }
    defer { timer.cancel() }
    return await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isClosed { state.waiting[id] = continuation }
        return !state.isClosed
      }
      guard isOpen else { return continuation.resume(returning: nil) }
      let error = send(UnsafeMutableRawPointer(bitPattern: id))
      if error != .none { finish(id, .failed(error, error.description)) }
    }
  }

  /// Whether the client takes no more questions.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  func finish(_ opaque: UnsafeMutableRawPointer?, _ reply: KafkaReply) {
    finish(Int(bitPattern: opaque), reply)
  }

  /// Ends every wait: the client is about to be freed.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume(returning: nil) }
  }

  private func finish(_ id: Int, _ reply: KafkaReply?) {
    state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: reply)
  }
}
