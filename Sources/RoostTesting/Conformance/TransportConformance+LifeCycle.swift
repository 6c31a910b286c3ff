import Messaging

extension TransportConformance {
  static let lifeCycleCases: [Case] = [
    Case("a cancelled wait ends") { bench in
      let transport = try await bench.open()
      let subscription = try await transport.subscribe(group: "g", to: .all)
      let waiting = Task {
        while true {
          switch try await subscription.nextBatch(limit: 10) {
          case .closed: return true
          case .records: return false
          case .assigned, .revoked: continue
          }
        }
      }
      await Task.yield()
      waiting.cancel()
      try check(try await waiting.value, "records came although none were appended")
      await subscription.close()
    },

    Case("closing many times at once, with waits and appends under way, ends all of them") { bench in
      let transport = try await bench.open()
      let member = try await GroupMember.join(transport, group: "g")
      try await Bench.append([Bench.record(0, key: "k")], to: transport)
      try await member.received.wait(count: 1)
      await withTaskGroup(of: Void.self) { tasks in
        for index in 0..<8 {
          tasks.addTask { _ = await transport.append([Bench.record(index, key: "k")]) }
          tasks.addTask { await transport.close() }
          tasks.addTask { await member.subscription.close() }
        }
      }
      await member.leave()
      let outcomes = await transport.append([Bench.record(9, key: "k")])
      guard case .failed(let error)? = outcomes.first else {
        throw ConformanceFailure("a closed transport took a record")
      }
      try check(error.kind == .closed, "a closed transport answered \(error)")
    },
  ]
}
