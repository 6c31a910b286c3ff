import Messaging

extension TransportConformance {
  static let orderCases: [Case] = [
    Case("sixteen keys keep their order under ten concurrent members") { bench in
      let transport = try await bench.open()
      let all = Recorder<DeliveredRecord>()
      var members: [GroupMember] = []
      for _ in 0..<10 {
        members.append(
          try await GroupMember.join(transport, group: "ordered") { record in
            all.append(record)
            return true
          })
      }
      try await withThrowingTaskGroup(of: Void.self) { publishers in
        for key in 0..<16 {
          publishers.addTask {
            for start in stride(from: 0, to: 100, by: 10) {
              try await Bench.append((start..<start + 10).map { Bench.record($0, key: "key-\(key)") }, to: transport)
            }
          }
        }
        try await publishers.waitForAll()
      }
      try await all.wait(for: "1600 records") { Set($0.map(\.position)).count == 1_600 }
      // A record that comes again after a rebalance may be behind later ones; what comes first must be in order.
      var seen: Set<RecordPosition> = []
      var next: [String: Int] = [:]
      for delivered in all.elements where seen.insert(delivered.position).inserted {
        let key = delivered.record.key ?? "-"
        try check(
          delivered.text == "\(key)#\(next[key, default: 0])",
          "\(delivered.text) came where \(key)#\(next[key, default: 0]) was due")
        next[key, default: 0] += 1
      }
      for member in members { await member.leave() }
    },

    Case("records of one key in one append keep their order") { bench in
      let transport = try await bench.open()
      let member = try await GroupMember.join(transport, group: "g")
      for start in stride(from: 0, to: 1_000, by: 250) {
        try await Bench.append((start..<start + 250).map { Bench.record($0, key: "k") }, to: transport)
      }
      let received = try await member.received.wait(count: 1_000)
      try check(received.map(\.text) == (0..<1_000).map { "k#\($0)" }, "the order changed")
      await member.leave()
    },

    Case("a paused partition is silent, the others go on, and it resumes where it stopped") { bench in
      let transport = try await bench.open()
      let member = try await GroupMember.join(transport, group: "g")
      try await Bench.append((0..<32).map { Bench.record($0, key: "k\($0)") }, to: transport)
      let first = try await member.received.wait(count: 32)
      let stopped = first[0].position.topicPartition
      let quietKeys = Set(first.filter { $0.position.topicPartition == stopped }.compactMap(\.record.key))
      guard let otherKey = first.first(where: { $0.position.topicPartition != stopped })?.record.key else {
        throw ConformanceFailure("32 keys fell on one partition")
      }
      guard let quietKey = quietKeys.first else { throw ConformanceFailure("a record without its key") }
      member.subscription.pause([stopped])
      // What is written while a pause takes hold may still come; what is written after another's arrival may not.
      try await Bench.append([Bench.record(100, key: otherKey)], to: transport)
      try await member.received.wait(for: "the other partition") { $0.contains { $0.text == "\(otherKey)#100" } }
      try await Bench.append(
        [Bench.record(200, key: quietKey), Bench.record(201, key: quietKey), Bench.record(200, key: otherKey)],
        to: transport)
      let during = try await member.received.wait(for: "the other partition again") {
        $0.contains { $0.text == "\(otherKey)#200" }
      }
      try check(!during.contains { $0.text == "\(quietKey)#200" }, "a paused partition delivered")
      member.subscription.resume([stopped])
      let after = try await member.received.wait(for: "what was held back") {
        $0.contains { $0.text == "\(quietKey)#201" }
      }
      let resumed = after.filter { $0.text == "\(quietKey)#200" || $0.text == "\(quietKey)#201" }.map(\.text)
      try check(resumed == ["\(quietKey)#200", "\(quietKey)#201"], "after the pause came \(resumed)")
      await member.leave()
    },
  ]
}
