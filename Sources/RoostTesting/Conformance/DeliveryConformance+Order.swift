import Messaging
import Synchronization

extension DeliveryConformance {
  static let orderCases: [Case] = [
    Case("what a service commits takes effect in another, once and in the order of its key") { bench in
      let notes = (0..<20).map { number in (0..<16).map { Note("book-\($0)", number) } }
      try await bench.publish(notes)
      try await bench.keeping { _, kept in try await kept.wait(count: 320) }
      try checkOrder(try await bench.notes(), books: 16, numbers: 20)
    },

    Case("two processes of a service share the events, and each takes effect once and in order") { bench in
      try await bench.publish([[Note("book-0", 0)]])
      try await bench.keeping { _, first in
        try await first.wait(count: 1)
        try await bench.keeping { _, second in
          try await bench.publish((1..<20).map { number in (0..<16).map { Note("book-\($0)", number) } })
          try await bench.publish([(1..<16).map { Note("book-\($0)", 20) }])
          try await DeliveryBench.wait("320 notes") { try await bench.notes().count >= 320 }
        }
      }
      let notes = try await bench.notes()
      try check(notes.count == 320, "\(notes.count - 320) events took effect twice")
      for book in Set(notes.map(\.book)) {
        let numbers = notes.filter { $0.book == book }.map(\.number)
        try check(numbers == numbers.sorted(), "\(book) was kept in the order \(numbers)")
      }
    },

    Case("nothing behind an event that is being handled is handled of its key, and other keys go on") { bench in
      let begun = Recorder<Note>()
      let release = Recorder<Void>()
      try await bench.publish([[Note("a", 0), Note("a", 1), Note("b", 0), Note("b", 1), Note("c", 0)]])
      try await bench.keeping { note in
        begun.append(note)
        if note == Note("a", 0) { try await release.wait(count: 1) }
      } _: { _, kept in
        try await kept.wait(for: "the other keys") { $0.count == 3 }
        try check(begun.elements.filter { $0.book == "a" } == [Note("a", 0)], "an event went past the one before it")
        release.append(())
        try await kept.wait(count: 5)
      }
      try check(try await bench.notes().filter { $0.book == "a" }.map(\.number) == [0, 1], "the order changed")
    },
  ]

  static func checkOrder(_ notes: [Note], books: Int, numbers: Int) throws {
    try check(notes.count == books * numbers, "\(notes.count) effects of \(books * numbers) events")
    for book in 0..<books {
      let kept = notes.filter { $0.book == "book-\(book)" }.map(\.number)
      try check(kept == Array(0..<numbers), "book-\(book) was kept in the order \(kept)")
    }
  }
}
