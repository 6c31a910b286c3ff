import Messaging
import Synchronization

extension DeliveryConformance {
  static let restartCases: [Case] = [
    Case("a service that stops and starts again goes on where it was") { bench in
      try await bench.publish((0..<5).map { number in (0..<4).map { Note("book-\($0)", number) } })
      try await bench.keeping { _, kept in try await kept.wait(count: 20) }
      try await bench.publish((5..<10).map { number in (0..<4).map { Note("book-\($0)", number) } })
      try await bench.keeping { _, kept in
        try await kept.wait(count: 20)
        try check(kept.elements.allSatisfy { $0.number >= 5 }, "an event that had taken effect was handled again")
      }
      try checkOrder(try await bench.notes(), books: 4, numbers: 10)
    },

    Case("a consumer that ends in the middle of a handler leaves its events to the next one") { bench in
      let begun = Recorder<Note>()
      try await bench.publish([[Note("a", 0), Note("a", 1), Note("b", 0)]])
      try await bench.keepingUntilCrash { note in
        begun.append(note)
        try await Task.sleep(for: .seconds(3_600))
      } _: {
        try await begun.wait(count: 2)
      }
      try check(try await bench.notes().isEmpty, "an event took effect although its handler did not end")
      try await bench.keeping { _, kept in try await kept.wait(count: 3) }
      let notes = try await bench.notes()
      try check(notes.count == 3, "\(notes.count) effects of 3 events")
      try check(notes.filter { $0.book == "a" }.map(\.number) == [0, 1], "the order changed")
    },

    Case("an event that is in the log twice takes effect once") { bench in
      let transport = try await bench.connect()
      try await bench.publish([[Note("a", 0), Note("a", 1)]])
      let tail = try await transport.tail(from: .beginning, topics: .named(["notes"]))
      var records: [EventRecord] = []
      while records.count < 2 { records += try await tail.nextBatch(limit: 10).records.map(\.delivered.record) }
      await tail.close()
      try await Bench.append(records, to: transport)
      try await bench.publish([[Note("a", 2)]])
      try await bench.keeping { _, kept in
        try await kept.wait(for: "the last") { $0.contains(Note("a", 2)) }
      }
      let notes = try await bench.notes()
      try check(notes.map(\.number) == [0, 1, 2], "the effects are \(notes)")
    },
  ]
}
