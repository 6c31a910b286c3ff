import Messaging
import Synchronization

extension DeliveryConformance {
  static let failureCases: [Case] = [
    Case("an event whose handler failed comes again, and takes effect once") { bench in
      let attempts = Recorder<Note>()
      try await bench.publish([[Note("a", 0)]])
      try await bench.keeping { note in
        attempts.append(note)
        if attempts.elements.count < 3 { throw NotNow() }
      } _: { _, kept in
        try await kept.wait(count: 1)
      }
      try check(attempts.elements.count == 3, "\(attempts.elements.count) attempts")
      let notes = try await bench.notes()
      try check(notes == [Note("a", 0)], "it took effect \(notes.count) times")
    },

    Case("after a failure the order of the key is kept, and other keys do not wait") { bench in
      let failures = Mutex<Set<Note>>([Note("book-0", 3), Note("book-1", 0), Note("book-2", 9)])
      try await bench.publish((0..<10).map { number in (0..<4).map { Note("book-\($0)", number) } })
      try await bench.keeping { note in
        if failures.withLock({ $0.remove(note) }) != nil { throw NotNow() }
      } _: { _, kept in
        try await kept.wait(count: 40)
      }
      try checkOrder(try await bench.notes(), books: 4, numbers: 10)
    },

    Case("an event that keeps failing is kept aside, and takes effect when it is retried") { bench in
      let isCured = Mutex(false)
      try await bench.publish([[Note("a", 0), Note("a", 1), Note("b", 0)]])
      try await bench.keeping { note in
        if note == Note("a", 0), !isCured.withLock({ $0 }) { throw NotNow() }
      } _: { consumer, kept in
        try await kept.wait(count: 2)
        isCured.withLock { $0 = true }
        let failed = try await consumer.failedDeliveries.list(limit: 10)
        try check(failed.count == 1 && failed[0].key == "a", "\(failed.count) failed deliveries")
        _ = try await consumer.failedDeliveries.retry(FailedDeliveryFilter(handler: "keep"), by: "conformance")
        try await kept.wait(count: 3)
      }
      let notes = try await bench.notes()
      try check(notes.count == 3 && notes.last == Note("a", 0), "the effects are \(notes)")
    },

    Case("in strict order, what comes behind a failed event of its key waits for it") { bench in
      var options = HandlerOptions.conformance
      options.ordering = .strict
      let isCured = Mutex(false)
      try await bench.publish([[Note("a", 0), Note("a", 1), Note("a", 2), Note("b", 0), Note("b", 1)]])
      try await bench.keeping(options) { note in
        if note == Note("a", 0), !isCured.withLock({ $0 }) { throw NotNow() }
      } _: { consumer, kept in
        try await kept.wait(count: 2)
        try await DeliveryBench.wait("what came behind the failed one waits") {
          try await consumer.failedDeliveries.list(limit: 10).count == 3
        }
        try check(try await bench.notes().allSatisfy { $0.book == "b" }, "an event went past the failed one")
        isCured.withLock { $0 = true }
        _ = try await consumer.failedDeliveries.retry(FailedDeliveryFilter(handler: "keep"), by: "conformance")
        try await kept.wait(count: 5)
      }
      try check(try await bench.notes().filter { $0.book == "a" }.map(\.number) == [0, 1, 2], "the order changed")
    },
  ]
}
