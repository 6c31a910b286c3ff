import CRdKafka
import KafkaTransport
import Messaging
import RoostTesting
import Testing

@Suite("Groups while members and coordinators fail", .fewAtOnce)
struct GroupFaultTests {
  private func texts(_ range: Range<Int>, keys: Int) -> [String] { range.map { "k\($0 % keys)#\($0)" } }

  private func records(_ range: Range<Int>, keys: Int) -> [EventRecord] {
    range.map { KafkaTransport.record($0, key: "k\($0 % keys)") }
  }

  @Test("what a process killed in the middle had not acknowledged comes again", arguments: Kafka.Cluster.available)
  func killed(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster, topics: ["memory"])
    let transport = try await kafka.connect()
    _ = await transport.append(records(0..<30, keys: 1))
    let process = try ChildProcess.member(of: "g", on: kafka, acknowledges: 10)
    try await process.lines.wait(for: "30 records, 10 acknowledged") { lines in
      lines.count { $0.hasPrefix("record ") } == 30 && lines.last == "stored"
    }
    try await process.killHard()
    let member = try await GroupMember.join(transport, group: "g")
    let received = try await member.received.wait(for: "20 records") { $0.count >= 20 }
    #expect(received.map(\.text) == texts(10..<30, keys: 1))
    await member.leave()
    await transport.close()
  }

  @Test("a member that stood still learns that its partitions are lost", arguments: Kafka.Cluster.available)
  func zombie(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster, topics: ["memory"])
    let transport = try await kafka.connect()
    _ = await transport.append(records(0..<10, keys: 10))
    let process = try ChildProcess.member(of: "g", on: kafka, acknowledges: 0)
    try await process.lines.wait(for: "its partitions") { $0.contains("assigned 6") }
    process.freeze()
    _ = await transport.append(records(10..<50, keys: 10))
    let member = try await GroupMember.join(transport, group: "g")
    try await member.received.wait(for: "all records") { Set($0.map(\.position)).count == 50 }
    process.thaw()
    try await process.lines.wait(for: "the loss") { $0.contains("lost 6") }
    await member.leave()
    await transport.close()
  }

  @Test("a revocation that nobody completes ends at its limit, and what ran is known to be lost")
  func overdueRevocation() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let transport = try await kafka.connect { $0.revocationTimeout = .milliseconds(300) }
    let slow = try await transport.subscribe(group: "g", to: .all)
    _ = await transport.append(records(0..<10, keys: 10))
    var hasRecords = false
    while !hasRecords { if case .records = try await slow.nextBatch(limit: 100) { hasRecords = true } }
    let member = try await GroupMember.join(transport, group: "g")
    var ends: [SubscriptionBatch.Revocation] = []
    while ends.last != .lost {
      switch try await slow.nextBatch(limit: 100) {
      case .revoked(_, let kind): ends.append(kind)
      case .closed: Issue.record("the subscription ended"); return
      case .records, .assigned: break
      }
    }
    #expect(ends == [.orderly, .lost])
    await slow.close()
    try await member.received.wait(for: "all records") { Set($0.map(\.position)).count == 10 }
    await member.leave()
    await transport.close()
  }

  @Test("while members come and go, no record is missing and the first time of each is in the order of its key")
  func storm() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let transport = try await kafka.connect()
    let all = Recorder<DeliveredRecord>()
    let acknowledge: @Sendable (DeliveredRecord) -> Bool = { record in
      all.append(record)
      return true
    }
    let steady = try await GroupMember.join(transport, group: "g", acknowledges: acknowledge)
    for round in 0..<3 {
      let guest = try await GroupMember.join(transport, group: "g", acknowledges: acknowledge)
      _ = await transport.append(records(round * 100..<round * 100 + 100, keys: 8))
      try await guest.assignments.wait(for: "a share") { $0.contains { !$0.isEmpty } }
      await guest.leave()
    }
    try await all.wait(for: "300 records") { Set($0.map(\.position)).count == 300 }
    var seen: Set<RecordPosition> = []
    var next: [String: Int] = [:]
    for delivered in all.elements where seen.insert(delivered.position).inserted {
      let key = delivered.record.key ?? "-"
      let number = try #require(Int(delivered.text.drop { $0 != "#" }.dropFirst()))
      #expect(number > next[key, default: -1], "\(delivered.text) came out of order")
      next[key] = number
    }
    await steady.leave()
    await transport.close()
  }

  // The mock refuses every commit while a group forms anew, so that there records do come twice.
  @Test(
    "while members come and go in order on a real cluster, no acknowledged record comes twice",
    .enabled(if: Kafka.realServers != nil, "ROOST_KAFKA_BOOTSTRAP_SERVERS names no cluster"))
  func orderlyRebalances() async throws {
    let kafka = try Kafka(.real)
    let transport = try await kafka.connect {
      // Nobody is taken for dead on a busy machine, and nothing is committed but at the revocation.
      $0.settings["session.timeout.ms"] = "45000"
      $0.settings["max.poll.interval.ms"] = "300000"
      $0.commitInterval = .seconds(3_600)
    }
    let all = Recorder<DeliveredRecord>()
    let acknowledge: @Sendable (DeliveredRecord) -> Bool = { record in
      all.append(record)
      return true
    }
    _ = await transport.append(records(0..<8, keys: 8))
    let steady = try await GroupMember.join(transport, group: "g", acknowledges: acknowledge)
    try await all.wait(count: 8)
    for round in 1..<6 {
      let guest = try await GroupMember.join(transport, group: "g", acknowledges: acknowledge)
      _ = await transport.append(records(round * 100..<round * 100 + 100, keys: 8))
      try await guest.assignments.wait(for: "a share") { $0.contains { !$0.isEmpty } }
      await guest.leave()
    }
    try await all.wait(for: "508 records") { Set($0.map(\.position)).count == 508 }
    #expect(all.elements.count == 508)
    await steady.leave()
    await transport.close()
  }

  @Test(
    "installations that share a cluster, each with a prefix, do not rebalance each other's members",
    arguments: Kafka.Cluster.available)
  func groupsOfTwoInstallations(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster, topics: ["memory"])
    let (one, other) = (try await kafka.connect(), try await kafka.connect { $0.topicPrefix += "other." })
    _ = await one.append(records(0..<1, keys: 1))
    _ = await other.append(records(0..<1, keys: 1))
    let member = try await GroupMember.join(one, group: "g")
    try await member.received.wait(count: 1)
    let before = member.assignments.elements
    let stranger = try await GroupMember.join(other, group: "g")
    try await stranger.received.wait(count: 1)
    _ = await one.append(records(1..<2, keys: 1))
    // In one group, it would have been assigned its partitions anew before this.
    try await member.received.wait(count: 2)
    #expect(member.assignments.elements == before)
    await member.leave()
    #expect(try await one.lag(of: "g").values.reduce(0, +) == 0)
    await stranger.leave()
    await one.close()
    await other.close()
  }

  @Test("when the coordinator moves, acknowledgements are stored all the same")
  func coordinatorMoves() async throws {
    let kafka = try Kafka(brokers: 3, topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    mock.setCoordinator(of: "g", to: 1)
    _ = await transport.append(records(0..<10, keys: 1))
    let member = try await GroupMember.join(transport, group: "g")
    try await member.received.wait(for: "10 records") { $0.count >= 10 }
    mock.setCoordinator(of: "g", to: 2)
    mock.pushErrors(.offsetCommit, Array(repeating: RD_KAFKA_RESP_ERR_NOT_COORDINATOR, count: 3))
    _ = await transport.append(records(10..<20, keys: 1))
    try await member.received.wait(for: "20 records") { Set($0.map(\.position)).count >= 20 }
    await member.leave()
    let next = try await GroupMember.join(transport, group: "g")
    _ = await transport.append(records(20..<21, keys: 1))
    let rest = try await next.received.wait(for: "the last") {
      $0.contains { $0.text == "k0#20" }
    }
    #expect(rest.map(\.text) == ["k0#20"])
    await next.leave()
    await transport.close()
  }

  @Test(
    "a member whose committed offsets cannot be fetched at first begins with them all the same",
    arguments: [
      RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
      RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
      RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT,
    ])
  func offsetsNotFetched(error: rd_kafka_resp_err_t) async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    _ = await transport.append(records(0..<10, keys: 1))
    let before = try await GroupMember.join(transport, group: "g")
    try await before.received.wait(for: "10 records") { $0.count >= 10 }
    await before.leave()
    mock.pushErrors(.offsetFetch, [error, error])
    let member = try await GroupMember.join(transport, group: "g")
    _ = await transport.append(records(10..<20, keys: 1))
    let received = try await member.received.wait(for: "10 records") { $0.count >= 10 }
    #expect(received.map(\.text) == (10..<20).map { "k0#\($0)" })
    await member.leave()
    await transport.close()
  }

  @Test("a tail and the lag wait for partitions that have no leader yet")
  func leaderless() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    _ = await transport.append(records(0..<10, keys: 1))
    let member = try await GroupMember.join(transport, group: "g")
    try await member.received.wait(for: "10 records") { $0.count >= 10 }
    await member.leave()
    let errors = [RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART]
    mock.pushErrors(.listOffsets, errors)
    let tail = try await transport.tail(from: nil, topics: .named(["memory"]))
    mock.pushErrors(.listOffsets, errors)
    #expect(try await transport.lag(of: "g").values.reduce(0, +) == 0)
    _ = await transport.append(records(10..<11, keys: 1))
    #expect(try await tail.nextBatch(limit: 10).records.map(\.delivered.text) == ["k0#10"])
    await tail.close()
    await transport.close()
  }

  @Test("leaving while the brokers are away ends within its limit")
  func leavesWithoutBrokers() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect { $0.closeTimeout = .milliseconds(500) }
    _ = await transport.append(records(0..<10, keys: 1))
    let member = try await GroupMember.join(transport, group: "g")
    try await member.received.wait(for: "10 records") { $0.count >= 10 }
    mock.setDown()
    await member.subscription.close()
    await transport.close()
  }
}
