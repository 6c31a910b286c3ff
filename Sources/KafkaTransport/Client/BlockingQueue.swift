import Dispatch

/// A thread for calls into librdkafka that may block, one after the other: there are as many cooperative threads as
/// cores, and none of them is to stand still.
struct BlockingQueue: Sendable {
  private let queue: DispatchQueue

  init(_ label: String) {
    queue = DispatchQueue(label: "roost.kafka.\(label)")
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
