import Messaging
import Synchronization
import Telemetry

/// Appends records by the producer of the day.
final class Appender: Sendable {
  private struct State {
    var producer: Producer?
    var making: Task<Result<Producer, TransportError>, Never>?
    var isClosed = false
    /// Why records failed since the last one that was taken.
    var failure: String?
  }

  /// What waits for the brokers, at most: librdkafka's queue and what is under way, in bytes.
  private static let budgetLimit = 128 << 20
  /// Written without looking up, so that closing and other appends come to their turn.
  private static let chunk = 512

  private let settings: KafkaSettings
  private let names: TopicNames
  private let topics: TopicCreation
  private let timeout: Duration
  private let largest: Int
  private let budget = AppendBudget(limit: Appender.budgetLimit)
  private let work = BlockingQueue("producer")
  private let calls = UseGate()
  private let state = Mutex(State())

  init(_ settings: KafkaSettings, names: TopicNames, topics: TopicCreation) {
    self.settings = settings
    self.names = names
    self.topics = topics
    timeout = settings.deliveryTimeout
    largest = settings.number("message.max.bytes", for: .producer) ?? TopicCreation.maximumRecordBytes
  }

  /// The producer, made when there is none.
  func producer() async throws(TransportError) -> Producer {
    let making = try state.withLock { state throws(TransportError) -> Task<Result<Producer, TransportError>, Never>? in
      if state.isClosed { throw KafkaTransport.closed }
      if state.producer != nil { return nil }
      if let making = state.making { return making }
      let making = Task { await make() }
      state.making = making
      return making
    }
    if let making { return try await making.value.get() }
    guard let producer = state.withLock({ $0.producer }) else { return try await self.producer() }
    return producer
  }

  private func make() async -> Result<Producer, TransportError> {
    let made: Result<Producer, TransportError> = await work.run { [self] in
      let retiring = WeakReference<Producer>()
      let context = ClientContext { reason in retiring.value?.retire(reason) }
      do throws(TransportError) {
        let client = try KafkaClient(settings, for: .producer, context: context)
        let producer = Producer(client: client, names: names) { [weak self] in self?.retired($0) }
        retiring.set(producer)
        return .success(producer)
      } catch {
        return .failure(error)
      }
    }
    let isLate = state.withLock { state in
      state.making = nil
      if !state.isClosed { state.producer = try? made.get() }
      return state.isClosed
    }
    if isLate, case .success(let producer) = made {
      producer.retire("the transport was closed")
      return .failure(KafkaTransport.closed)
    }
    return made
  }

  private func retired(_ producer: Producer) {
    let isClosed = state.withLock { state in
      if state.producer === producer { state.producer = nil }
      return state.isClosed
    }
    if !isClosed {
      producer.client.context.logger.warning(
        "the producer is made anew", metadata: ["reason": "\(producer.reason ?? "")"])
    }
  }

  /// What `health()` tells of appends: the brokers' last word, and whether anything failed since.
  var health: TransportHealth {
    let (producer, failure) = state.withLock { ($0.producer, $0.failure) }
    guard let brokers = producer?.client.context.brokers, brokers.isConnected else {
      let reason = producer?.client.context.brokers.lastError ?? failure ?? "no broker has answered yet"
      return TransportHealth(status: .unavailable, detail: "Kafka: \(reason)")
    }
    if let failure { return TransportHealth(status: .degraded, detail: failure) }
    if budget.isExhausted {
      return TransportHealth(status: .degraded, detail: "Kafka: appends wait for the brokers")
    }
    return TransportHealth(status: .healthy, detail: "Kafka at \(settings.configuration.bootstrapServers)")
  }

  // MARK: Appending

  func append(_ records: [EventRecord]) async -> [AppendOutcome] {
    guard calls.enter() else { return records.map { _ in .failed(KafkaTransport.closed) } }
    defer { calls.leave() }
    let deadline = ContinuousClock.now + timeout
    let producer: Producer
    do throws(TransportError) {
      producer = try await self.producer()
    } catch {
      return records.map { _ in .failed(error) }
    }
    let missing = await makeTopics(of: records, by: producer)
    let call = AppendCall(count: records.count, deadline: deadline, budget: budget) { [weak producer] code in
      if !KafkaErrorCode.purges.contains(code), !KafkaErrorCode.missingTopics.contains(code) {
        producer?.retire("a record failed: \(code)")
      }
    }
    producer.begin(call)
    await write(records, missing: missing, by: producer, into: call)
    let outcomes = await call.outcomes(of: records) { code, isInDoubt, record in
      explain(code, isInDoubt: isInDoubt, record, producer)
    }
    producer.end(call)
    note(outcomes)
    return outcomes
  }

  /// - Returns: By topic, why it cannot be written to.
  private func makeTopics(of records: [EventRecord], by producer: Producer) async -> [String: TransportError] {
    var unknown: Set<String> = []
    var last: String?
    for record in records where record.topic != last {
      last = record.topic
      if !topics.isKnown(record.topic), TopicName.isValid(names.full(record.topic)) { unknown.insert(record.topic) }
    }
    guard !unknown.isEmpty, producer.enter() else { return [:] }
    defer { producer.leave() }
    return await topics.ensure(unknown, by: producer.client, within: timeout)
  }

  /// Gives the records to librdkafka in their order, as far as nothing before them failed.
  private func write(
    _ records: [EventRecord], missing: [String: TransportError], by producer: Producer, into call: AppendCall
  ) async {
    var missing = missing
    var next = 0
    while next < records.count {
      await budget.wait()
      guard !call.hasFailed, producer.enter() else {
        // Sending these again keeps the order; sending them now would not.
        let reason = producer.reason ?? "a record before it failed"
        for index in next..<records.count { call.fail(index, TransportError(.unavailable, "Kafka: \(reason)")) }
        break
      }
      let isFull = write(records, from: &next, missing: &missing, by: producer, into: call)
      producer.leave()
      if isFull { await budget.waitForRelease() }
    }
    call.endWriting()
  }

  /// Writes a number of records without waiting.
  /// - Returns: Whether librdkafka's own queue is full.
  private func write(
    _ records: [EventRecord], from next: inout Int, missing: inout [String: TransportError], by producer: Producer,
    into call: AppendCall
  ) -> Bool {
    let end = min(records.count, next + Self.chunk)
    var current: (topic: String, writer: RecordWriter)?
    while next < end, !call.hasFailed {
      let record = records[next]
      if current?.topic != record.topic {
        current = writer(of: record.topic, missing: missing, producer).map { (record.topic, $0) }
      }
      guard let writer = current?.writer else {
        call.fail(next, missing[record.topic] ?? badName(record.topic))
        next += 1
        continue
      }
      let cost = record.value.count + (record.key?.utf8.count ?? 0) + AppendBudget.recordCost
      let slot = call.prepare(next, cost: cost)
      budget.take(cost)
      let code = writer.write(record, slot: slot)
      if code == .queueFull {
        budget.release(cost)
        return true
      }
      // A record that finds no partition has its delivery report already.
      if code != .none, slot.pointee.fate == .open {
        budget.release(cost)
        let error = explain(code, isInDoubt: false, record, producer)
        let isMissing = KafkaErrorCode.missingTopics.contains(code)
        call.fail(next, error, stops: !error.isPermanent && !isMissing)
        if isMissing {
          missing[record.topic] = error
          current = nil
        }
        if code == .fatal { producer.retire("the producer failed for good") }
      }
      next += 1
    }
    return false
  }

  private func writer(of topic: String, missing: [String: TransportError], _ producer: Producer) -> RecordWriter? {
    guard missing[topic] == nil, TopicName.isValid(names.full(topic)), let handle = producer.topic(topic) else {
      return nil
    }
    return RecordWriter(client: producer.client.handle, topic: handle)
  }

  // MARK: What errors mean

  private func badName(_ topic: String) -> TransportError {
    TransportError(.refused, "not a topic name: \(names.full(topic).debugDescription)")
  }

  private func explain(
    _ code: KafkaErrorCode, isInDoubt: Bool, _ record: EventRecord, _ producer: Producer?
  ) -> TransportError {
    if KafkaErrorCode.sizes.contains(code) {
      return TransportError(.tooLarge, "the record has \(record.value.count) bytes, Kafka takes \(largest) here")
    }
    if KafkaErrorCode.refusals.contains(code) {
      return TransportError(.refused, "Kafka: topic \(names.full(record.topic)): \(code)")
    }
    if KafkaErrorCode.purges.contains(code), let reason = producer?.reason {
      return TransportError(isInDoubt ? .outcomeUnknown : .unavailable, "Kafka: \(reason)")
    }
    return TransportError(isInDoubt ? .outcomeUnknown : .unavailable, "Kafka: \(code)")
  }

  private func note(_ outcomes: [AppendOutcome]) {
    var failure: String?
    var hasSucceeded = false
    for outcome in outcomes {
      switch outcome {
      case .appended: hasSucceeded = true
      case .failed(let error) where !error.isPermanent: failure = failure ?? error.message
      case .failed: break
      }
    }
    guard failure != nil || hasSucceeded else { return }
    state.withLock { if $0.failure != failure { $0.failure = failure } }
  }

  // MARK: Closing

  /// Waits for appends under way, and frees the producer.
  func close(within limit: Duration) async {
    let producer = state.withLock { state in
      state.isClosed = true
      return state.producer
    }
    let timer = Task {
      guard (try? await Task.sleep(for: limit)) != nil else { return }
      producer?.retire("the transport was closed")
    }
    await calls.close()
    timer.cancel()
    producer?.retire("the transport was closed")
    await producer?.end()
  }
}
