import Events
import RoostTesting
import Storage
import Synchronization
import Telemetry
import Testing

@testable import Messaging

@Suite("Consumers", .timeLimit(.minutes(5)))
struct ConsumerTests {
  struct Trouble: Error {}

  @Test("events of 16 keys take effect in order and never two of a key at once", arguments: TestEngine.available)
  func order(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let busy = Mutex<Set<String>>([])
      let overlaps = Mutex(0)
      let handler = Bench.keeping { note in
        if !busy.withLock({ $0.insert(note.book).inserted }) { overlaps.withLock { $0 += 1 } }
        await Task.yield()
        busy.withLock { _ = $0.remove(note.book) }
      }
      let notes = (0..<40).flatMap { number in (0..<16).map { NoteTaken(book: "book-\($0)", number: number) } }
      try await bench.append(notes)
      try await bench.consuming([handler]) { _ in try await bench.waitUntilDone() }
      let effects = try await bench.effects()
      #expect(effects.count == notes.count)
      for book in Set(notes.map(\.book)) {
        #expect(effects.filter { $0.book == book }.map(\.number) == Array(0..<40))
      }
      #expect(overlaps.withLock { $0 } == 0)
    }
  }

  @Test(
    "a handler of several types takes the events of a key in one order, each once though two patterns match",
    arguments: TestEngine.available)
  func severalTypes(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let handler = EventHandler(["notes.*", "notes.torn", "notes.mended"], name: "keep", options: .quick) {
        event, context in
        let note = try event.decode(NoteTaken.self)
        // The first is the slowest, so that only its turn can hold the others back.
        for _ in 0..<(20 - note.number) * 20 { await Task.yield() }
        try await context.transaction { tx in
          try tx.execute("INSERT INTO effects (book, number, handler) VALUES (?, ?, 'keep')", note.book, note.number)
        }
      }
      let types: [EventType] = ["notes.torn", "notes.mended"]
      let records = (0..<20).map { number in
        var event = Event(NoteTaken(book: "a", number: number), sourceService: "elsewhere")
        event.type = types[number % 2]
        return EventRecord(
          topic: "notes", key: "a", value: event.encoded(), eventType: event.type.name, eventID: event.id)
      }
      try await bench.append(records: records)
      try await bench.consuming([handler]) { _ in try await bench.waitUntilDone() }
      #expect(try await bench.effects().map(\.number) == Array(0..<20))
    }
  }

  @Test(
    "while an event fails, nothing behind it of its key is handled, and the others go on",
    arguments: TestEngine.available)
  func nothingPastAFailure(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let failures = Mutex(2)
      let handler = Bench.keeping { note in
        guard note == NoteTaken(book: "a", number: 0) else { return }
        let fails = failures.withLock { left in
          left -= 1
          return left >= 0
        }
        if fails { throw Trouble() }
      }
      try await bench.append([
        NoteTaken(book: "a", number: 0), NoteTaken(book: "a", number: 1), NoteTaken(book: "b", number: 0),
      ])
      try await bench.consuming([handler]) { _ in try await bench.waitUntilDone() }
      #expect(try await bench.effects().filter { $0.book == "a" }.map(\.number) == [0, 1])
      #expect(try await bench.effects().count == 3)
    }
  }

  @Test(
    "every 97th event is poison: those end as failed deliveries, all others take effect once",
    arguments: TestEngine.available)
  func poison(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let handler = Bench.keeping { note in if note.number % 97 == 0 { throw Trouble() } }
      let notes = (1...400).map { NoteTaken(book: "book-\($0 % 7)", number: $0) }
      try await bench.append(notes)
      try await bench.consuming([handler]) { consumer in
        try await bench.waitUntilDone()
        let failed = try await consumer.failedDeliveries.list(limit: 100)
        #expect(failed.count == 4)
        #expect(failed.allSatisfy { $0.status == .waiting && $0.attempts == 3 && $0.handler == "keep" })
        #expect(try await bench.effects().map(\.number).sorted() == (1...400).filter { $0 % 97 != 0 })
      }
    }
  }

  @Test(
    "whatever another program put into an id, a key or a header: the event takes effect once, and a failure is kept",
    arguments: TestEngine.available, ["a\0b", "\0", String(repeating: "k", count: 100) + "\u{FFFD}\0"])
  func foreignText(on engine: TestEngine, text: String) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(
        NoteTaken(book: "a", number: 1), id: text, sourceService: "elsewhere",
        metadata: EventMetadata(correlationID: text))
      var other = event
      other.id = "\(text)2"
      other.payload = Array("{}".utf8)
      let longKey = text + (0..<2_000).map { "\($0)" }.joined()
      let records = [
        EventRecord(topic: "notes", key: text, value: event.encoded(), eventType: event.type.name, eventID: text),
        EventRecord(topic: "notes", key: text, value: event.encoded(), eventType: event.type.name, eventID: text),
        EventRecord(topic: "notes", key: longKey, value: other.encoded(), eventType: event.type.name),
        EventRecord(topic: "notes", key: longKey, value: Array("no\0event".utf8), eventType: nil, eventID: text),
      ]
      try await bench.append(records: records)
      try await bench.consuming([Bench.keeping()]) { consumer in
        try await bench.waitUntilDone()
        #expect(try await bench.effects().count == 1)
        let failed = try await consumer.failedDeliveries.list(limit: 10)
        #expect(Set(failed.map(\.value)) == Set(records[2...].map(\.value)))
        #expect(failed.allSatisfy { $0.key == longKey && $0.status == .dead })
        #expect(Set(failed.map(\.eventID)) == [other.id, text])
        try await consumer.failedDeliveries.discard(FailedDeliveryFilter(), by: "ann\0", reason: text)
        let acts = try await consumer.failedDeliveries.history(failed[0].id)
        #expect(acts.map(\.actor) == ["ann\0"] && acts.map(\.reason) == [text])
      }
    }
  }

  @Test("an event that is delivered twice takes effect once", arguments: TestEngine.available)
  func duplicate(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      let record = EventRecord(topic: "notes", key: "a", value: event.encoded(), eventType: event.type.name)
      try await bench.append(records: [record, record, record])
      try await bench.consuming([Bench.keeping()]) { _ in try await bench.waitUntilDone() }
      #expect(try await bench.effects().count == 1)
    }
  }

  @Test(
    "a crash between the effect and the acknowledgement brings the event again, and no second effect",
    arguments: TestEngine.available)
  func crashBehindTheEffect(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let gate = Gate()
      let hanging = EventHandler(NoteTaken.self, name: "keep") { event, context in
        let note = event.payload
        try await context.transaction { tx in
          try tx.execute("INSERT INTO effects (book, number, handler) VALUES (?, ?, 'keep')", note.book, note.number)
        }
        await gate.pass()
      }
      try await bench.append([NoteTaken(book: "a", number: 1)])
      let first = try EventConsumer(environment: bench.environment, handlers: [hanging])
      let running = Task { await first.run() }
      await gate.waitForArrivals(1)
      running.cancel()
      await running.value
      #expect(try await bench.transport.lag(of: "notes").values.reduce(0, +) == 1)
      try await bench.consuming([Bench.keeping()]) { _ in try await bench.waitUntilDone() }
      #expect(try await bench.effects().count == 1)
      gate.open()
    }
  }

  @Test(
    "a handler that hangs loses its place at the deadline, and what it does afterwards is refused",
    arguments: TestEngine.available)
  func deadline(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await Bench.run(on: engine, clock: clock) { bench in
      let gate = Gate()
      let late = Mutex<(any Error)?>(nil)
      let ended = Gate()
      var options = HandlerOptions.quick
      options.retry.attempts = 1
      let handler = EventHandler(NoteTaken.self, name: "keep", options: options) { event, context in
        let note = event.payload
        if note.book == "slow" { await gate.pass() }
        do {
          try await context.transaction { tx in
            try tx.execute("INSERT INTO effects (book, number, handler) VALUES (?, ?, 'keep')", note.book, note.number)
          }
        } catch {
          late.withLock { $0 = error }
          if note.book == "slow" { Task { await ended.pass() } }
          throw error
        }
      }
      try await bench.append([NoteTaken(book: "slow", number: 1), NoteTaken(book: "other", number: 1)])
      try await bench.consuming([handler]) { consumer in
        await gate.waitForArrivals(1)
        try await bench.wait("the other key goes on") { try await bench.effects().map(\.book) == ["other"] }
        clock.advance(by: .seconds(31))
        try await bench.waitUntilDone()
        let failed = try await consumer.failedDeliveries.list(limit: 10)
        #expect(failed.map(\.key) == ["slow"])
        #expect(failed.first?.error.contains("30") == true)
        gate.open()
        await ended.waitForArrivals(1)
        #expect(late.withLock { $0 } is HandlerCallEnded)
        #expect(try await bench.effects().map(\.book) == ["other"])
        ended.open()
      }
    }
  }

  @Test("bytes that are no event are kept as they are, and the partition moves on", arguments: TestEngine.available)
  func noEvent(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let rubbish: [[UInt8]] = [[0xFF, 0x00, 0x7B], Array("{\"event_id\": 7}".utf8), [], Array("[1,2".utf8)]
      try await bench.append(records: rubbish.map { EventRecord(topic: "notes", key: "a", value: $0) })
      try await bench.append([NoteTaken(book: "a", number: 1)])
      try await bench.consuming([Bench.keeping()]) { consumer in
        try await bench.waitUntilDone()
        let failed = try await consumer.failedDeliveries.list(limit: 10)
        #expect(Set(failed.map(\.value)) == Set(rubbish))
        #expect(failed.allSatisfy { $0.status == .dead && $0.handler.isEmpty })
        #expect(try await bench.effects().count == 1)
      }
    }
  }

  @Test(
    "a payload that does not fit its contract is dead at once, and an edit cures it", arguments: TestEngine.available)
  func contractMismatch(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      var event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      event.payload = Array(#"{"book": "a", "number": "one"}"#.utf8)
      try await bench.append(records: [EventRecord(topic: "notes", key: "a", value: event.encoded())])
      try await bench.consuming([Bench.keeping()]) { consumer in
        try await bench.waitUntilDone()
        let failed = try #require(try await consumer.failedDeliveries.list(limit: 10).first)
        #expect(failed.status == .dead)
        #expect(failed.attempts == 1)
        #expect(failed.error.contains("number"))
        #expect(failed.value == event.encoded())
        try await consumer.failedDeliveries.edit(failed.id, payload: Array(#"{"book":"a","number":5}"#.utf8), by: "ann")
        try await bench.wait("the edited event takes effect") { try await bench.effects().map(\.number) == [5] }
        try await bench.wait("it is resolved") {
          try await consumer.failedDeliveries.get(failed.id)?.status == .resolved
        }
        #expect(try await consumer.failedDeliveries.history(failed.id).map(\.kind) == [.edit])
      }
    }
  }

  @Test("two handlers of one event fail and succeed each for itself", arguments: TestEngine.available)
  func independent(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let failing = Bench.keeping("failing") { _ in throw PermanentFailure("never") }
      try await bench.append([NoteTaken(book: "a", number: 1)])
      try await bench.consuming([failing, Bench.keeping()]) { consumer in
        try await bench.waitUntilDone()
        #expect(try await consumer.failedDeliveries.list(limit: 10).map(\.handler) == ["failing"])
      }
      #expect(try await bench.effects().count == 1)
      #expect(try await bench.effects(of: "failing").isEmpty)
    }
  }

  @Test(
    "an outage of the database costs no attempt: the event waits and takes effect when it is over",
    arguments: TestEngine.available)
  func outage(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let gate = Gate()
      let handler = Bench.keeping { _ in await gate.pass() }
      try await bench.append([NoteTaken(book: "a", number: 1)])
      try await bench.consuming([handler]) { consumer in
        await gate.waitForArrivals(1)
        bench.database.fail(with: DatabaseError(.diskFull, "the disk is full"))
        gate.open()
        await gate.waitForArrivals(3)
        #expect(try await bench.transport.lag(of: "notes").values.reduce(0, +) == 1)
        bench.database.fail(with: nil)
        try await bench.waitUntilDone()
        #expect(try await consumer.failedDeliveries.list(limit: 10).isEmpty)
      }
      #expect(try await bench.effects().count == 1)
    }
  }

  @Test("while a failed delivery cannot be written down, its offset does not move", arguments: TestEngine.available)
  func failedDeliveriesAway(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let gate = Gate()
      let handler = EventHandler(NoteTaken.self, name: "keep", options: .quick) { _, _ in
        await gate.pass()
        throw PermanentFailure("never")
      }
      try await bench.append([NoteTaken(book: "a", number: 1), NoteTaken(book: "a", number: 2)])
      try await bench.consuming([handler]) { consumer in
        await gate.waitForArrivals(1)
        bench.database.fail(with: DatabaseError(.diskFull, "the disk is full"))
        gate.open()
        await gate.waitForArrivals(2)
        #expect(try await bench.transport.lag(of: "notes").values.reduce(0, +) == 2)
        bench.database.fail(with: nil)
        try await bench.waitUntilDone()
        #expect(try await consumer.failedDeliveries.list(limit: 10).count == 2)
      }
    }
  }

  @Test(
    "in strict order, later events of the key wait behind a failed one and follow it in order",
    arguments: TestEngine.available)
  func strict(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      var options = HandlerOptions.quick
      options.ordering = .strict
      let isCured = Mutex(false)
      let handler = Bench.keeping(options: options) { note in
        if note == NoteTaken(book: "a", number: 1), !isCured.withLock({ $0 }) { throw PermanentFailure("not yet") }
      }
      try await bench.append((1...4).map { NoteTaken(book: "a", number: $0) } + [NoteTaken(book: "b", number: 1)])
      try await bench.consuming([handler]) { consumer in
        try await bench.waitUntilDone()
        #expect(try await bench.effects().map(\.book) == ["b"])
        let failed = try await consumer.failedDeliveries.list(limit: 10)
        #expect(failed.count == 4)
        isCured.withLock { $0 = true }
        let head = try #require(failed.last)
        #expect(head.status == .dead)
        try await consumer.failedDeliveries.retry(FailedDeliveryFilter(ids: [head.id]), by: "ann")
        try await bench.wait("the key catches up") { try await bench.effects().count == 5 }
        #expect(try await bench.effects().filter { $0.book == "a" }.map(\.number) == [1, 2, 3, 4])
        try await bench.append([NoteTaken(book: "a", number: 5)])
        try await bench.wait("the key is free again") { try await bench.effects().last?.number == 5 }
        try await bench.wait("nothing is open") { try await consumer.failedDeliveries.list(limit: 10).isEmpty }
      }
    }
  }

  @Test(
    "a discarded delivery is on record and tried no more; a second discard finds nothing",
    arguments: TestEngine.available)
  func discard(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let handler = Bench.keeping { _ in throw PermanentFailure("never") }
      try await bench.append([NoteTaken(book: "a", number: 1), NoteTaken(book: "b", number: 1)])
      try await bench.consuming([handler]) { consumer in
        try await bench.waitUntilDone()
        let failures = consumer.failedDeliveries
        #expect(try await failures.discard(FailedDeliveryFilter(handler: "keep"), by: "ann", reason: "test") == 2)
        #expect(try await failures.discard(FailedDeliveryFilter(handler: "keep"), by: "ann") == 0)
        #expect(try await failures.count() == [.discarded: 2])
        let one = try #require(try await failures.list(FailedDeliveryFilter(status: .discarded), limit: 1).first)
        #expect(try await failures.history(one.id).map(\.reason) == ["test"])
      }
    }
  }

  @Test("a drain lets what runs finish and starts nothing more", arguments: TestEngine.available)
  func drain(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let gate = Gate()
      let handler = Bench.keeping { _ in await gate.pass() }
      try await bench.append((1...5).map { NoteTaken(book: "a", number: $0) })
      let consumer = try EventConsumer(environment: bench.environment, handlers: [handler])
      let running = Task { await consumer.run() }
      await gate.waitForArrivals(1)
      let draining = Task { await consumer.drain(grace: .seconds(20)) }
      try await bench.wait("the drain begins") { !consumer.isReady }
      gate.open()
      await draining.value
      await running.value
      #expect(try await bench.effects().map(\.number) == [1])
      #expect(try await bench.transport.lag(of: "notes").values.reduce(0, +) == 4)
    }
  }

  @Test("a consumer that is drained while it joins its group ends", arguments: TestEngine.available)
  func drainWhileJoining(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let gate = Gate()
      let environment = ServiceEnvironment(
        name: "notes", publishes: [], database: bench.database,
        transport: HeldJoin(transport: bench.transport, gate: gate), logger: Logger(label: "test"),
        metrics: MetricsRegistry())
      let consumer = try EventConsumer(environment: environment, handlers: [Bench.keeping()])
      let running = Task { await consumer.run() }
      await gate.waitForArrivals(1)
      await consumer.drain(grace: .seconds(20))
      gate.open()
      await running.value
      #expect(!consumer.isReady)
    }
  }

  @Test(
    "a handler that begins just as its consumer is cancelled is ended with the others", arguments: TestEngine.available)
  func lateAttempt(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let handler = Bench.keeping { _ in try await Task.sleep(for: .seconds(60)) }
      let consumer = try EventConsumer(environment: bench.environment, handlers: [handler])
      let running = Task { await consumer.run() }
      running.cancel()
      await running.value
      let event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      await #expect(throws: HandlingStopped.self) { try await consumer.attempt([event], by: 0) }
      #expect(try await bench.effects().isEmpty)
    }
  }

  @Test("two handlers of one name are refused", arguments: TestEngine.available)
  func sameName(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      #expect(throws: ConsumerError.self) {
        try EventConsumer(environment: bench.environment, handlers: [Bench.keeping(), Bench.keeping()])
      }
    }
  }
}
