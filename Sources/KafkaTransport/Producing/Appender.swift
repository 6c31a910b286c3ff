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
  /// From so many records on, they are written by a thread that does nothing else, with an arena of glibc's for the many
  /// small pieces of memory that librdkafka makes for each. Beside the arrays of those who append, an append of a thousand
  /// costs a fifth more of the processor's time. A record alone is not worth the way to another thread.
  private static let writtenApart = 32

  private let settings: KafkaSettings
  private let names: TopicNames
  private let topics: TopicCreation
  private let timeout: Duration
  private let largest: Int
  private let budget = AppendBudget(limit: Appender.budgetLimit)
  private let work = BlockingQueue("producer")
  private let writing = BlockingQueue("records")
  let headers = HeaderStock()
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
    let report = await call.outcomes(of: records, headersTo: headers) { code, isInDoubt, record in
      explain(code, isInDoubt: isInDoubt, record, producer)
    }
    producer.end(call)
    note(report)
    return report.outcomes
  }

  /// - Returns: By topic, why it cannot be written to.
  private func makeTopics(of records: [EventRecord], by producer: Producer) async -> [String: TransportError] {
    var unknown: Set<String> = []
    var last: String?
    for index in records.indices where records[index].topic != last {
      let topic = records[index].topic
      last = topic
      if !topics.isKnown(topic), TopicName.isValid(names.full(topic)) { unknown.insert(topic) }
    }
    guard !unknown.isEmpty, producer.enter() else { return [:] }
    defer { producer.leave() }
    return await topics.ensure(unknown, by: producer.client, within: timeout)
  }

  /// Gives the records to librdkafka in their order, as far as nothing before them failed.
  private func write(
    _ records: [EventRecord], missing: [String: TransportError], by producer: Producer, into call: AppendCall
  ) async {
    var progress = Progress(missing: missing)
    while progress.next < records.count {
      await budget.wait()
      guard !call.hasFailed, producer.enter() else {
        // Sending these again keeps the order; sending them now would not.
        let error = TransportError(.unavailable, "Kafka: \(producer.reason ?? "a record before it failed")")
        for index in progress.next..<records.count { call.fail(index, error) }
        break
      }
      if records.count < Self.writtenApart {
        write(records, &progress, by: producer, into: call)
      } else {
        progress = await writing.run { [self, progress] in
          var progress = progress
          write(records, &progress, by: producer, into: call)
          return progress
        }
      }
      producer.leave()
      if progress.isFull { await budget.waitForRelease() }
    }
    call.endWriting()
  }

  /// How far an append is.
  private struct Progress {
    /// By topic, why it cannot be written to.
    var missing: [String: TransportError]
    var next = 0
    /// librdkafka's own queue is full.
    var isFull = false
  }

  /// Writes a number of records without waiting.
  private func write(
    _ records: [EventRecord], _ progress: inout Progress, by producer: Producer, into call: AppendCall
  ) {
    progress.isFull = false
    var next = progress.next
    defer { progress.next = next }
    let end = min(records.count, next + Self.chunk)
    var supply = HeaderSupply(headers, records: end - next)
    defer { supply.end() }
    var current: (topic: String, writer: RecordWriter)?
    // Counted once for all of them: the producer's thread gives back at the same place.
    var taken = 0
    defer { budget.take(taken) }
    while next < end, !call.hasFailed {
      // In its place, not copied: see `AppendCall.outcomes`.
      if current?.topic != records[next].topic {
        let topic = records[next].topic
        current = writer(of: topic, missing: progress.missing, producer).map { (topic, $0) }
      }
      guard let writer = current?.writer else {
        call.fail(next, progress.missing[records[next].topic] ?? badName(records[next].topic))
        next += 1
        continue
      }
      let cost = RecordWriter.cost(of: records[next])
      let slot = call.prepare(next, cost: cost)
      let code = writer.write(records[next], slot: slot, supply: &supply)
      if code == .queueFull {
        progress.isFull = true
        return
      }
      // A record that finds no partition has its delivery report already, and what it cost was given back.
      if code == .none || slot.pointee.fate != .open {
        taken += cost
      } else {
        fail(records[next], at: next, code, missing: &progress.missing, by: producer, into: call)
        if progress.missing[records[next].topic] != nil { current = nil }
      }
      next += 1
    }
  }

  /// Settles a record that librdkafka did not take.
  private func fail(
    _ record: EventRecord, at index: Int, _ code: KafkaErrorCode, missing: inout [String: TransportError],
    by producer: Producer, into call: AppendCall
  ) {
    let error = explain(code, isInDoubt: false, record, producer)
    let isMissing = KafkaErrorCode.missingTopics.contains(code)
    call.fail(index, error, stops: !error.isPermanent && !isMissing)
    if isMissing { missing[record.topic] = error }
    if code == .fatal { producer.retire("the producer failed for good") }
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

  private func note(_ report: AppendReport) {
    guard report.failure != nil || report.hasSuccess else { return }
    state.withLock { if $0.failure != report.failure { $0.failure = report.failure } }
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
