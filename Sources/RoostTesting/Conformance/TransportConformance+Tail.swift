import Messaging

extension TransportConformance {
  static let tailCases: [Case] = [
    Case("a tail from the beginning sees everything, and goes on behind any cursor") { bench in
      let transport = try await bench.open()
      try await Bench.append((0..<40).map { Bench.record($0, key: "k\($0 % 5)") }, to: transport)
      let tail = try await transport.tail(from: .beginning, topics: .all)
      var records: [TailRecord] = []
      while records.count < 40 {
        let batch = try await tail.nextBatch(limit: 7)
        try check(!batch.isClosed, "the tail ended after \(records.count) of 40 records")
        records += batch.records
      }
      await tail.close()
      try check(Set(records.map(\.delivered.text)).count == 40, "the tail gave a record twice")
      let again = try await transport.tail(from: records[24].cursor, topics: .all)
      var rest: [TailRecord] = []
      while rest.count < 15 {
        let batch = try await again.nextBatch(limit: 100)
        try check(!batch.isClosed, "the tail ended after \(rest.count) of 15 records")
        rest += batch.records
      }
      try check(
        rest.map(\.delivered.position) == records[25...].map(\.delivered.position),
        "the tail did not go on where the cursor stood")
      let end = try await again.nextBatch(limit: 10, waiting: false)
      try check(end.records.isEmpty && end.isAtEnd, "there was more behind the end")
      await again.close()
    },

    Case("a tail without a cursor sees what comes after it") { bench in
      let transport = try await bench.open()
      try await Bench.append([Bench.record(0, key: "k")], to: transport)
      let tail = try await transport.tail(from: nil, topics: .named(["memory"]))
      try await Bench.append(
        [Bench.record(1, topic: "agent", key: "k"), Bench.record(2, key: "k")], to: transport)
      let batch = try await tail.nextBatch(limit: 10)
      try check(batch.records.map(\.delivered.text) == ["k#2"], "the tail gave \(batch.records.map(\.delivered.text))")
      await tail.close()
    },

    Case("a cursor that the transport did not make is refused") { bench in
      let transport = try await bench.open()
      do {
        let tail = try await transport.tail(from: TailCursor(rawValue: "no-such-cursor"), topics: .all)
        await tail.close()
      } catch let error as TransportError {
        try check(error.kind == .invalidCursor, "it answered \(error)")
        return
      }
      throw ConformanceFailure("it was taken")
    },
  ]
}
