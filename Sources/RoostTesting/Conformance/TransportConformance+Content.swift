import Messaging

extension TransportConformance {
  static let contentCases: [Case] = [
    Case("what is published is received with its content intact") { bench in
      let transport = try await bench.open()
      let sent = [
        EventRecord(
          topic: "memory", key: "ключ-✓", value: Array(0...255), eventType: "memory.created", eventID: "id-1",
          headers: ["traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x-empty": ""]),
        EventRecord(topic: "memory", key: nil, value: [], eventType: nil, eventID: nil),
        EventRecord(topic: "memory", key: "k", value: Array(repeating: 0x61, count: 300_000), eventID: "large"),
      ]
      let positions = try await Bench.append(sent, to: transport)
      let member = try await GroupMember.join(transport, group: "g")
      let received = try await member.received.wait(count: sent.count)
      for (index, record) in sent.enumerated() {
        let match = received.first { $0.position == positions[index] }
        guard let match else { throw ConformanceFailure("nothing was delivered at \(positions[index])") }
        try check(match.record.value == record.value, "record \(index): other bytes came than were sent")
        try check(match.record.key == record.key, "record \(index): key \(match.record.key ?? "nil")")
        try check(match.record.topic == record.topic, "record \(index): topic \(match.record.topic)")
        try check(match.record.eventType == record.eventType, "record \(index): event type changed")
        try check(match.record.eventID == record.eventID, "record \(index): event id changed")
        try check(match.record.headers == record.headers, "record \(index): headers changed")
      }
      await member.leave()
    },

    Case("a topic's subscriber sees no other topic") { bench in
      let transport = try await bench.open()
      let memory = try await GroupMember.join(transport, group: "m", topics: .named(["memory"]))
      let agent = try await GroupMember.join(transport, group: "a", topics: .named(["agent"]))
      let both = try await GroupMember.join(transport, group: "b", topics: .all)
      try await Bench.append(
        (0..<20).map { Bench.record($0, topic: $0 % 2 == 0 ? "memory" : "agent", key: "k\($0)") }, to: transport)
      try await both.received.wait(count: 20)
      let seenByMemory = try await memory.received.wait(count: 10)
      let seenByAgent = try await agent.received.wait(count: 10)
      try check(seenByMemory.allSatisfy { $0.record.topic == "memory" }, "a record of another topic came")
      try check(seenByAgent.allSatisfy { $0.record.topic == "agent" }, "a record of another topic came")
      for member in [memory, agent, both] { await member.leave() }
    },

    Case("an append of nothing is nothing") { bench in
      let transport = try await bench.open()
      try check(await transport.append([]).isEmpty, "outcomes without records")
    },
  ]
}
