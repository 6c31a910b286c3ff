import Messaging

extension TransportConformance {
  static let durabilityCases: [Case] = [
    Case("a log that is closed and opened again has lost nothing") { bench in
      let first = try await bench.open()
      try await Bench.append((0..<30).map { Bench.record($0, key: "k") }, to: first)
      let reader = try await GroupMember.join(first, group: "g") { $0.text == "k#0" || $0.text == "k#1" }
      try await reader.received.wait(count: 30)
      await reader.leave()
      await first.close()
      let second = try await bench.open()
      let member = try await GroupMember.join(second, group: "g")
      let received = try await member.received.wait(count: 28)
      try check(received.map(\.text) == (2..<30).map { "k#\($0)" }, "the group did not go on where it had stopped")
      await member.leave()
    },

    Case("two connections to one log see each other's records") { bench in
      let one = try await bench.open()
      let two = try await bench.open()
      let member = try await GroupMember.join(two, group: "g")
      try await member.assignments.wait(count: 1)
      try await Bench.append([Bench.record(0, key: "k")], to: one)
      try await member.received.wait(count: 1)
      try await Bench.append([Bench.record(1, key: "k")], to: two)
      try await member.received.wait(count: 2)
      await member.leave()
    },

    Case("the members of a group share the records across connections") { bench in
      let one = try await bench.open()
      let two = try await bench.open()
      let all = Recorder<DeliveredRecord>()
      let acknowledge: @Sendable (DeliveredRecord) -> Bool = { record in
        if record.text != "first#0" { all.append(record) }
        return true
      }
      // The topic is there, and the group stands as it will: what comes twice then was given twice.
      try await Bench.append([Bench.record(0, key: "first")], to: one)
      let first = try await GroupMember.join(one, group: "g", acknowledges: acknowledge)
      let second = try await GroupMember.join(two, group: "g", acknowledges: acknowledge)
      for member in [first, second] {
        try await member.assignments.wait(for: "a share") { $0.contains { !$0.isEmpty } }
      }
      try await Bench.append((0..<200).map { Bench.record($0, key: "k\($0)") }, to: one)
      try await all.wait(for: "200 records") { Set($0.map(\.position)).count == 200 }
      try check(all.elements.count == 200, "\(all.elements.count - 200) records came to both")
      try check(!second.received.elements.isEmpty, "the second connection was given nothing")
      await first.leave()
      await second.leave()
    },
  ]
}
