import CRdKafka
import Dispatch
import Messaging
import Synchronization

/// One life of the idempotent producer, from its making to the first thing that it cannot recover from.
///
/// Nothing in it expires by itself: while it lives, the records of a partition are acknowledged in their order or not at
/// all, and the broker refuses a gap. When a record does fail, or time is up, the producer retires: what waits is
/// purged, and everything that it still holds fails, so that nothing behind a failed record is written. What may have
/// been written is reported as in doubt. A new producer follows.
///
/// Unchecked: the handles of the topics are guarded by the mutex, and librdkafka lets any thread use them.
final class Producer: @unchecked Sendable {
  private struct State {
    var topics: [String: OpaquePointer] = [:]
    var calls: [ObjectIdentifier: AppendCall] = [:]
    var hasAlarm = false
    var reason: String?
  }

  let client: KafkaClient
  private let names: TopicNames
  private let users = UseGate()
  private let ended = Latch()
  private let state = Mutex(State())
  private let onRetire: @Sendable (Producer) -> Void

  /// - Parameter onRetire: Called once, on any thread, when the producer takes nothing more.
  init(client: KafkaClient, names: TopicNames, onRetire: @escaping @Sendable (Producer) -> Void) {
    self.client = client
    self.names = names
    self.onRetire = onRetire
  }

  /// Why it retired; `nil` while it works.
  var reason: String? { state.withLock { $0.reason } }

  /// Whether it may be used; a yes is followed by `leave()`, and nothing that the cluster has a say in is awaited between
  /// the two.
  func enter() -> Bool { users.enter() }

  func leave() { users.leave() }

  /// Notes an append, whose deadline it keeps.
  func begin(_ call: AppendCall) {
    let needsAlarm = state.withLock { state in
      state.calls[ObjectIdentifier(call)] = call
      defer { state.hasAlarm = true }
      return !state.hasAlarm
    }
    if needsAlarm { setAlarm(call.deadline) }
  }

  func end(_ call: AppendCall) {
    state.withLock { _ = $0.calls.removeValue(forKey: ObjectIdentifier(call)) }
  }

  /// One alarm for all appends: a new one is set when it rings, not for every append.
  private func setAlarm(_ deadline: ContinuousClock.Instant) {
    Task { [weak self] in
      guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else { return }
      self?.checkDeadlines()
    }
  }

  private func checkDeadlines() {
    let next = state.withLock { state in
      let next = state.calls.values.map(\.deadline).min()
      if next == nil { state.hasAlarm = false }
      return next
    }
    guard let next else { return }
    if next <= .now {
      retire(client.context.brokers.lastError ?? "the brokers did not acknowledge in time")
    } else {
      setAlarm(next)
    }
  }

  /// The handle of a topic. Only between `enter()` and `leave()`.
  func topic(_ name: String) -> OpaquePointer? {
    state.withLock { state in
      if let topic = state.topics[name] { return topic }
      let topic = rd_kafka_topic_new(client.handle, names.full(name), nil)
      state.topics[name] = topic
      return topic
    }
  }

  /// Takes nothing more and gives up what it holds. Returns at once; the rest happens on a thread of its own.
  func retire(_ reason: String) {
    let isFirst = state.withLock { state in
      defer { state.reason = state.reason ?? reason }
      return state.reason == nil
    }
    guard isFirst else { return }
    // What is queued must not leave behind a record that failed.
    rd_kafka_purge(client.handle, Int32(RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_NON_BLOCKING))
    client.context.replies.close()
    onRetire(self)
    Task { await destroy() }
  }

  /// Frees the client once nobody uses it. Every append that it holds ends.
  private func destroy() async {
    await users.close()
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [self] in
        rd_kafka_purge(client.handle, Int32(RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT))
        for topic in state.withLock({ $0.topics.values }) { rd_kafka_topic_destroy(topic) }
        client.destroy()
        continuation.resume()
      }
    }
    let calls = state.withLock { state in
      defer { state.calls = [:] }
      return state.calls
    }
    for call in calls.values { call.orphan() }
    ended.open()
  }

  /// Returns when the client is freed.
  func end() async { await ended.wait() }
}
