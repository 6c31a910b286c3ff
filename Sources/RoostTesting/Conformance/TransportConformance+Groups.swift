import Messaging

extension TransportConformance {
  static let groupCases: [Case] = [
    Case("every group sees every record") { bench in
      let transport = try await bench.open()
      var members: [GroupMember] = []
      for index in 0..<5 { members.append(try await GroupMember.join(transport, group: "group-\(index)")) }
      try await Bench.append((0..<100).map { Bench.record($0, key: "k\($0 % 7)") }, to: transport)
      for member in members {
        let received = try await member.received.wait(count: 100)
        try check(Set(received.map(\.position)).count == 100, "a group saw a record twice or missed one")
        await member.leave()
      }
    },

    Case("the members of a group share the records and none comes twice") { bench in
      let transport = try await bench.open()
      // The topic is there before the members are.
      try await Bench.append([Bench.record(0, key: "first")], to: transport)
      let all = Recorder<DeliveredRecord>()
      var members: [GroupMember] = []
      for _ in 0..<3 {
        members.append(
          try await GroupMember.join(transport, group: "shared") { record in
            all.append(record)
            return true
          })
      }
      for member in members { try await member.assignments.wait(for: "a share") { $0.contains { !$0.isEmpty } } }
      // A member that a busy machine holds up too long is taken for gone, and what it had may come again to others. So
      // what is promised is promised of a group that stands: it is asked of the first round in which no share changed.
      for round in 0..<10 {
        let shares = members.map(\.assignments.elements.count)
        let key = "round-\(round)-"
        for start in stride(from: 0, to: 600, by: 50) {
          try await Bench.append((start..<start + 50).map { Bench.record($0, key: key + "\($0 % 40)") }, to: transport)
        }
        let records = try await all.wait(for: "600 records") { records in
          Set(records.filter { $0.text.hasPrefix(key) }.map(\.position)).count == 600
        }
        let stood = members.map(\.assignments.elements.count) == shares
        guard stood else { continue }
        let count = records.count { $0.text.hasPrefix(key) }
        try check(count == 600, "\(count - 600) records came twice")
        for member in members { await member.leave() }
        return
      }
      try check(false, "the group never stood while 600 records came")
    },

    Case("a late subscriber sees old events") { bench in
      let transport = try await bench.open()
      try await Bench.append((0..<50).map { Bench.record($0, key: "k") }, to: transport)
      let member = try await GroupMember.join(transport, group: "late")
      let received = try await member.received.wait(count: 50)
      try check(received.map(\.text) == (0..<50).map { "k#\($0)" }, "the old events came in another order")
      await member.leave()
    },

    Case("what was acknowledged does not come again, what was not does") { bench in
      let transport = try await bench.open()
      try await Bench.append((0..<10).map { Bench.record($0, key: "k") }, to: transport)
      let first = try await GroupMember.join(transport, group: "g") { $0.text != "k#4" }
      try await first.received.wait(count: 10)
      await first.leave()
      let second = try await GroupMember.join(transport, group: "g")
      let received = try await second.received.wait(for: "k#4 again") { $0.contains { $0.text == "k#9" } }
      try check(received.first?.text == "k#4", "delivery went on at \(received.first?.text ?? "-") instead of k#4")
      await second.leave()
      let third = try await GroupMember.join(transport, group: "g")
      try await Bench.append([Bench.record(10, key: "k")], to: transport)
      let rest = try await third.received.wait(count: 1)
      try check(rest.first?.text == "k#10", "\(rest.first?.text ?? "-") came again although it was acknowledged")
      await third.leave()
    },

    Case("after a failed record, it and what came behind it come again in their order") { bench in
      let transport = try await bench.open()
      try await Bench.append((0..<60).map { Bench.record($0, key: "k\($0 % 3)") }, to: transport)
      // Everything behind the failure is acknowledged: the stored offset must not pass it all the same.
      let failing = try await GroupMember.join(transport, group: "g") { $0.text != "k0#30" }
      try await failing.received.wait(count: 60)
      await failing.leave()
      let next = try await GroupMember.join(transport, group: "g")
      let received = try await next.received.wait(for: "the last of its key") { $0.contains { $0.text == "k0#57" } }
      let again = received.filter { $0.record.key == "k0" }.map(\.text)
      try check(
        again == stride(from: 30, to: 60, by: 3).map { "k0#\($0)" }, "of the failed record's key came again \(again)")
      await next.leave()
    },

    Case("a member that leaves hands its records to the others") { bench in
      let transport = try await bench.open()
      // The topic is there and both have a share of it when the records come: one alone might have read all of them.
      try await Bench.append([Bench.record(0, key: "first")], to: transport)
      let leaving = try await GroupMember.join(transport, group: "g") { _ in false }
      let staying = try await GroupMember.join(transport, group: "g")
      for member in [leaving, staying] {
        try await member.assignments.wait(for: "a share") { $0.contains { !$0.isEmpty } }
      }
      try await Bench.append((0..<64).map { Bench.record($0, key: "k\($0)") }, to: transport)
      try await leaving.received.wait(for: "one of them") { $0.contains { $0.text != "first#0" } }
      await leaving.leave()
      try await staying.received.wait(for: "all 64 records") { records in
        Set(records.filter { $0.text != "first#0" }.map(\.position)).count == 64
      }
      await staying.leave()
    },
  ]
}
