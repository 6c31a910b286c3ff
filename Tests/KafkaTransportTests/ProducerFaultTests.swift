import CRdKafka
import KafkaTransport
import Messaging
import RoostTesting
import Testing

@Suite("Appends while the cluster fails", .fewAtOnce)
struct ProducerFaultTests {
  /// Reads the whole log: the texts of each key in their order.
  private func log(_ transport: KafkaTransport) async throws -> [String: [String]] {
    let tail = try await transport.tail(from: .beginning, topics: .all)
    var texts: [String: [String]] = [:]
    while true {
      let batch = try await tail.nextBatch(limit: 1_000, waiting: false)
      for record in batch.records {
        texts[record.delivered.record.key ?? "-", default: []].append(record.delivered.text)
      }
      if batch.records.isEmpty { break }
    }
    await tail.close()
    return texts
  }

  /// What consumers with an inbox see: each record once, where it came first.
  private func first(_ texts: [String]?) -> [String] {
    var seen: Set<String> = []
    return (texts ?? []).filter { seen.insert($0).inserted }
  }

  /// Appends until the cluster has all of it: with a short limit, a busy machine is too slow now and then.
  private func appendAgainAndAgain(_ records: [EventRecord], to transport: KafkaTransport) async -> Bool {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .seconds(180) {
      if await transport.append(records).allSatisfy({ $0.position != nil }) { return true }
    }
    return false
  }

  /// Returns when the transport calls itself that.
  private func wait(for status: TransportHealth.Status, of transport: KafkaTransport) async throws {
    let start = ContinuousClock.now
    while await transport.health().status != status {
      try #require(ContinuousClock.now - start < .seconds(180), "health does not become \(status)")
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test("while the brokers are away longer than an append may take it fails, and afterwards it succeeds at once")
  func brokersAway() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect { $0.deliveryTimeout = .milliseconds(1_500) }
    let records = (0..<20).map { KafkaTransport.record($0, key: "k") }
    #expect(await appendAgainAndAgain([KafkaTransport.record(-1, key: "k")], to: transport))
    mock.setDown()
    let failed = await transport.append(records)
    #expect(failed.allSatisfy { $0.error?.kind == .unavailable || $0.error?.kind == .outcomeUnknown })
    #expect(await transport.health().status == .unavailable)
    mock.setUp()
    #expect(await appendAgainAndAgain(records, to: transport))
    #expect(first(try await log(transport)["k"]) == (-1..<20).map { "k#\($0)" })
    // Its other connections hear of the brokers' return a little later.
    try await wait(for: .healthy, of: transport)
    await transport.close()
  }

  @Test("an append waits for brokers that come back in time")
  func brokersBackInTime() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    #expect(await transport.append([KafkaTransport.record(0, key: "k")])[0].position != nil)
    mock.setDown()
    async let outcomes = transport.append([KafkaTransport.record(1, key: "k")])
    try await wait(for: .unavailable, of: transport)
    mock.setUp()
    #expect(await outcomes[0].position != nil)
    await transport.close()
  }

  @Test("a lost acknowledgement may double a record in the log, and changes neither outcome nor order")
  func lostAcknowledgement() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect { $0.settings["socket.timeout.ms"] = "1000" }
    #expect(await transport.append([KafkaTransport.record(0, key: "k")])[0].position != nil)
    mock.pushDelay(.produce, milliseconds: 3_000)
    let outcomes = await transport.append((1..<5).map { KafkaTransport.record($0, key: "k") })
    #expect(outcomes.allSatisfy { $0.position != nil })
    let texts = try await log(transport)["k"]
    #expect(first(texts) == (0..<5).map { "k#\($0)" })
    await transport.close()
  }

  @Test("a producer that fails for good is made anew, and what was in doubt can be sent again")
  func fatalError() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    #expect(await transport.append([KafkaTransport.record(0, key: "k")])[0].position != nil)
    mock.pushErrors(.produce, [RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER])
    // One record is one request, whose second try meets the second error: librdkafka takes that for the end.
    let records = [KafkaTransport.record(1, key: "k")]
    let failed = await transport.append(records)
    #expect(failed.allSatisfy { $0.error?.kind == .outcomeUnknown || $0.error?.kind == .unavailable })
    let again = await transport.append(records)
    #expect(again.allSatisfy { $0.position != nil })
    #expect(first(try await log(transport)["k"]) == (0..<2).map { "k#\($0)" })
    await transport.close()
  }

  @Test("a topic that may not be written to refuses its records, and those of other topics are appended")
  func unauthorised() async throws {
    let kafka = try Kafka(topics: ["memory", "agent"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    #expect(await transport.append([KafkaTransport.record(0, key: "k")])[0].position != nil)
    mock.pushErrors(.produce, [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
    let refused = await transport.append([KafkaTransport.record(1, key: "k")])
    #expect(refused[0].error?.kind == .refused)
    #expect(refused[0].error?.message.contains(kafka.prefix + "memory") == true)
    #expect(await transport.append([KafkaTransport.record(0, topic: "agent", key: "k")])[0].position != nil)
    await transport.close()
  }

  @Test("while leaders move, the records of a key keep their order and none is missing")
  func leadersMove() async throws {
    let kafka = try Kafka(brokers: 3, topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    for round in 0..<10 {
      async let outcomes = transport.append(
        (0..<100).map { KafkaTransport.record(round * 100 + $0, key: "k\($0 % 4)") })
      for partition in 0..<6 {
        mock.setLeader(of: kafka.prefix + "memory", Int32(partition), to: Int32((round + partition) % 3 + 1))
      }
      #expect(await outcomes.allSatisfy { $0.position != nil })
    }
    let texts = try await log(transport)
    for key in 0..<4 {
      let expected = (0..<1_000).filter { $0 % 4 == key }.map { "k\(key)#\($0)" }
      #expect(first(texts["k\(key)"]) == expected)
    }
    await transport.close()
  }

  @Test("slow brokers slow appends down, and nothing else")
  func slowBrokers() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect()
    #expect(await transport.append([KafkaTransport.record(0, key: "k")])[0].position != nil)
    mock.setRoundTrip(milliseconds: 500)
    let start = ContinuousClock.now
    let outcomes = await transport.append((1..<500).map { KafkaTransport.record($0, key: "k") })
    #expect(outcomes.allSatisfy { $0.position != nil })
    #expect(ContinuousClock.now - start >= .milliseconds(500))
    mock.setRoundTrip(milliseconds: 0)
    #expect(first(try await log(transport)["k"]) == (0..<500).map { "k#\($0)" })
    await transport.close()
  }

  @Test("closing while the brokers are away ends appends under way within its limit")
  func closesWithoutBrokers() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect { $0.closeTimeout = .milliseconds(200) }
    #expect(await transport.append([KafkaTransport.record(0, key: "k")])[0].position != nil)
    mock.setDown()
    async let outcomes = transport.append([KafkaTransport.record(1, key: "k")])
    try await wait(for: .unavailable, of: transport)
    await transport.close()
    #expect(await outcomes[0].error != nil)
  }

  @Test("a wrong password shows in health and in what an append says, without itself")
  func wrongPassword() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let transport = try await kafka.connect {
      $0.deliveryTimeout = .milliseconds(1_000)
      $0.settings["security.protocol"] = "SASL_PLAINTEXT"
      $0.settings["sasl.mechanism"] = "PLAIN"
      $0.settings["sasl.username"] = "somebody"
      $0.settings["sasl.password"] = "very-secret"
    }
    let error = try #require(await transport.append([KafkaTransport.record(0, key: "k")])[0].error)
    #expect(error.kind == .unavailable)
    #expect(!error.message.contains("very-secret") && !error.message.contains("\n"))
    #expect(await transport.health().status == .unavailable)
    await transport.close()
  }
}
