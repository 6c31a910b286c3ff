import Dispatch

/// Threads for calls into librdkafka that may block, one call after the other unless said otherwise: there are as many cooperative threads as
/// cores, and none of them is to stand still.
struct BlockingQueue: Sendable {
  private let queue: DispatchQueue

  init(_ label: String, isConcurrent: Bool = false) {
    queue = DispatchQueue(label: "roost.kafka.\(label)", attributes: isConcurrent ? .concurrent : [])
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
