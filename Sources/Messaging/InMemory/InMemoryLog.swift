import Synchronization

/// The state of an in-memory log behind one lock, and the signals of those who wait for it.
///
/// Every change is a call of the pure state; whom it concerns is woken, and what it recalls is timed, outside the lock.
final class InMemoryLog: Sendable {
  static let closed = TransportError(.closed, "the in-memory log is closed")

  private struct Guarded {
    var state: InMemoryLogState
    var signals: [Int: Signal] = [:]
  }

  private let configuration: InMemoryConfiguration
  private let guarded: Mutex<Guarded>

  init(_ configuration: InMemoryConfiguration) {
    self.configuration = configuration
    guarded = Mutex(
      Guarded(state: InMemoryLogState(partitions: configuration.partitions, capacity: configuration.capacity)))
  }

  @discardableResult
  func update<Value: Sendable>(_ body: (inout InMemoryLogState) -> Value) -> Value {
    let (value, signals, recalls) = guarded.withLock { guarded in
      let value = body(&guarded.state)
      let effects = guarded.state.takeEffects()
      for waiter in effects.begun { guarded.signals[waiter] = Signal() }
      let signals = effects.woken.compactMap { guarded.signals[$0] }
      for waiter in effects.ended { guarded.signals[waiter] = nil }
      return (value, signals, effects.recalls)
    }
    for signal in signals { signal.send() }
    if !recalls.isEmpty { limit(recalls) }
    return value
  }

  /// Takes partitions away that were not given up in time.
  private func limit(_ recalls: [InMemoryGroup.Recall]) {
    let (clock, timeout) = (configuration.clock, configuration.revocationTimeout)
    Task { [weak self] in
      try await clock.sleep(for: timeout)
      self?.update { $0.expire(recalls) }
    }
  }

  /// Waits until an update concerns this waiter: a member, a tail or an append. Returns also when the task is
  /// cancelled, the deadline has passed, or there is no such waiter any more.
  func wait(for waiter: Int, until deadline: Duration? = nil) async {
    guard let signal = guarded.withLock({ $0.signals[waiter] }) else { return }
    if let deadline {
      await signal.wait(until: deadline, clock: configuration.clock)
    } else {
      await signal.wait()
    }
  }

  /// Appends all records that are not refused, together, or none of them.
  func append(_ records: [EventRecord], over connection: Int) async -> [AppendOutcome] {
    let refusals = records.map(refusal)
    let deadline = configuration.clock.uptime() + configuration.waitLimit
    let waiter = update { $0.beginWaiter() }
    defer { update { $0.endAppend(waiter) } }
    while true {
      let now = configuration.clock.now().microsecondsSinceEpoch
      let step = update { state in
        state.append(records, refusals: refusals, at: now, over: connection, waiter: waiter)
      }
      switch step {
      case .done(let outcomes): return outcomes
      case .full:
        guard !Task.isCancelled, configuration.clock.uptime() < deadline else {
          let full = TransportError(.unavailable, "the in-memory log is full: its groups have not acknowledged enough")
          return refusals.map { .failed($0 ?? full) }
        }
        await wait(for: waiter, until: deadline)
      }
    }
  }

  private func refusal(of record: EventRecord) -> TransportError? {
    guard TopicName.isValid(record.topic) else {
      return TransportError(.refused, "not a topic name: \(record.topic.debugDescription)")
    }
    let bytes = record.value.count + record.headers.encoded.count + (record.key?.utf8.count ?? 0)
    let limit = configuration.maximumRecordBytes
    return bytes > limit ? TransportError(.tooLarge, "the record has \(bytes) bytes, the log takes \(limit)") : nil
  }
}
