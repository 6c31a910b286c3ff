import KafkaTransport
import Messaging
import RoostTesting
import Testing

@Suite("What lies in Kafka", .fewAtOnce)
struct ContentTests {
  @Test(
    "records of another client, without key and headers, come through byte for byte", arguments: Kafka.Cluster.available
  )
  func othersRecords(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster, topics: ["memory"])
    let values: [[UInt8]] = [
      Array(#"{"a": NaN, "b": 123456789012345678901234567890, "c": "\ud83d"}"#.utf8), [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
      [0xff, 0x00, 0xfe], [],
    ]
    let transport = try await kafka.connect()
    let member = try await GroupMember.join(transport, group: "g", topics: .named(["memory"]))
    try RawProducer(kafka.servers).send(values, to: kafka.prefix + "memory")
    let received = try await member.received.wait(count: values.count)
    #expect(received.map(\.record.value) == values)
    #expect(received.allSatisfy { $0.record.key == nil && $0.record.eventType == nil && $0.record.headers.isEmpty })
    await member.leave()
    await transport.close()
  }

  @Test("a null value comes as an empty one, and what lies behind it comes too", arguments: Kafka.Cluster.available)
  func nullValue(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster, topics: ["memory"])
    let transport = try await kafka.connect()
    let member = try await GroupMember.join(transport, group: "g", topics: .named(["memory"]))
    try RawProducer(kafka.servers).send([nil, [1]], to: kafka.prefix + "memory")
    let received = try await member.received.wait(count: 2)
    #expect(received.map(\.record.value) == [[], [1]])
    await member.leave()
    await transport.close()
  }

  @Test(
    "a record of 10 MiB is refused as too large, and those beside it are appended", arguments: Kafka.Cluster.available)
  func tooLarge(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster)
    let transport = try await kafka.connect()
    var large = KafkaTransport.record(1, key: "k")
    large.value = [UInt8](repeating: 0x61, count: 10 << 20)
    let outcomes = await transport.append([
      KafkaTransport.record(0, key: "k"), large, KafkaTransport.record(2, key: "k"),
    ])
    #expect(outcomes[0].position != nil)
    #expect(outcomes[1].error?.kind == .tooLarge)
    #expect(outcomes[2].position != nil)
    await transport.close()
  }

  @Test("an event of the largest size that a publisher makes is taken and read", arguments: Kafka.Cluster.available)
  func largestEvent(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster)
    let transport = try await kafka.connect()
    var large = KafkaTransport.record(0, key: "k")
    large.value = [UInt8](repeating: 0x61, count: EventPublisher.maximumSize)
    #expect(await transport.append([large])[0].position != nil)
    let member = try await GroupMember.join(transport, group: "g")
    let received = try await member.received.wait(count: 1)
    #expect(received[0].record.value == large.value)
    await member.leave()
    await transport.close()
  }

  @Test("a name that is no topic is refused, and those beside it are appended")
  func badTopic() async throws {
    let kafka = try Kafka()
    let transport = try await kafka.connect()
    let outcomes = await transport.append([
      KafkaTransport.record(0, topic: "no topic", key: "k"), KafkaTransport.record(1, key: "k"),
    ])
    #expect(outcomes[0].error?.kind == .refused)
    #expect(outcomes[1].position != nil)
    await transport.close()
  }

  @Test("a subscription to everything sees topics that come to be later", arguments: Kafka.Cluster.available)
  func laterTopics(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster)
    let transport = try await kafka.connect()
    let other = try await kafka.connect()
    let member = try await GroupMember.join(transport, group: "g")
    _ = await other.append([KafkaTransport.record(0, key: "k")])
    try await member.received.wait(count: 1)
    _ = await other.append([KafkaTransport.record(1, topic: "later", key: "k")])
    let received = try await member.received.wait(for: "the later topic") { $0.contains { $0.record.topic == "later" } }
    #expect(received.map(\.record.topic) == ["memory", "later"])
    await member.leave()
    await transport.close()
    await other.close()
  }

  @Test("a tail sees topics that come to be later", arguments: Kafka.Cluster.available)
  func tailOfLaterTopics(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster)
    let transport = try await kafka.connect()
    let tail = try await transport.tail(from: nil, topics: .all)
    _ = await transport.append([KafkaTransport.record(0, topic: "later", key: "k")])
    let batch = try await tail.nextBatch(limit: 10)
    #expect(batch.records.map(\.delivered.text) == ["k#0"])
    await tail.close()
    await transport.close()
  }

  @Test(
    "the lag is what a group has not acknowledged, and empty for one that never was", arguments: Kafka.Cluster.available
  )
  func lag(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster)
    let transport = try await kafka.connect()
    #expect(try await transport.lag(of: "never").isEmpty)
    _ = await transport.append((0..<20).map { KafkaTransport.record($0, key: "k") })
    let member = try await GroupMember.join(transport, group: "g") { $0.text != "k#15" }
    try await member.received.wait(count: 20)
    await member.leave()
    #expect(try await transport.lag(of: "g").values.reduce(0, +) == 5)
    await transport.close()
  }
}
