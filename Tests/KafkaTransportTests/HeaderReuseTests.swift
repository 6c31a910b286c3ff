import CRdKafka
import Messaging
import RoostTesting
import Testing

@testable import KafkaTransport

@Suite("Lists of headers that serve one record after the other", .fewAtOnce)
struct HeaderReuseTests {
  /// Records whose headers differ in their number, names, lengths and values; some are as other programs make them.
  private static func records(_ round: Int) -> [EventRecord] {
    (0..<60).map { index in
      var record = KafkaTransport.record(round * 60 + index, key: "k\(index % 4)")
      switch index % 7 {
      case 0: record.headers = ["ce_source": "service \(round)", "ce_time": "2026-11-25T00:00:\(10 + index % 50)Z"]
      case 1: record.headers = ["ce_time": "2026-11-25T00:00:\(10 + index % 50)Z", "ce_source": "service \(round)"]
      case 2: (record.eventType, record.eventID) = (nil, nil)
      case 3: record.eventID = String(repeating: "x", count: round + 1) + "\(index)"
      case 4: record.headers = ["empty": ""]
      case 5: record.headers = ["large": String(repeating: "y", count: 2_000 + round)]
      default: record.eventType = "memory.updated"
      }
      return record
    }
  }

  @Test("every record comes with its own headers, whichever lists carried it", arguments: Kafka.Cluster.available)
  func ownHeaders(on cluster: Kafka.Cluster) async throws {
    let kafka = try Kafka(cluster, topics: ["memory"])
    let transport = try await kafka.connect()
    let rounds = (0..<8).map(Self.records)
    for round in rounds { #expect(await transport.append(round).allSatisfy { $0.position != nil }) }
    #expect(transport.appender.headers.count > 0, "no list came back")
    let member = try await GroupMember.join(transport, group: "g")
    let received = try await member.received.wait(count: 480)
    #expect(Set(received.map(\.record)) == Set(rounds.joined()))
    await member.leave()
    await transport.close()
  }

  @Test("records that were refused, or given up with their producer, leave no trace in the headers of later ones")
  func afterFailures() async throws {
    let kafka = try Kafka(topics: ["memory"])
    let mock = try #require(kafka.mock)
    let transport = try await kafka.connect { $0.settings["delivery.timeout.ms"] = "2000" }
    let rounds = (0..<5).map(Self.records)
    #expect(await transport.append(rounds[0]).allSatisfy { $0.position != nil })
    mock.pushErrors(.produce, [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
    #expect(await transport.append(rounds[1]).contains { $0.error?.kind == .refused })
    mock.setDown()
    #expect(await transport.append(rounds[2]).allSatisfy { $0.error != nil })
    mock.setUp()
    for round in rounds[3...] {
      while await transport.append(round).contains(where: { $0.error != nil }) {}
    }
    let member = try await GroupMember.join(transport, group: "g")
    let wanted = Set(rounds[0] + rounds[3] + rounds[4])
    let received = try await member.received.wait(for: "the rounds that were taken") {
      wanted.isSubset(of: Set($0.map(\.record)))
    }
    #expect(Set(received.map(\.record)).isSubset(of: Set(rounds.joined())))
    await member.leave()
    await transport.close()
  }

  @Test("a shape fits the records whose values are as long, and no others")
  func shapes() throws {
    var record = KafkaTransport.record(1, key: "k")
    record.headers = ["ce_source": "one", "ce_time": "now"]
    let shape = try #require(HeaderShape(of: record))
    func fits(_ change: (inout EventRecord) -> Void) -> Bool {
      var other = record
      change(&other)
      return shape.fits(other)
    }
    #expect(fits { $0.eventID = String(($0.eventID ?? "").reversed()) })
    #expect(fits { $0.headers = ["ce_source": "two", "ce_time": "now"] })
    #expect(!fits { $0.eventID = ($0.eventID ?? "") + "0" })
    #expect(!fits { $0.eventID = nil })
    #expect(!fits { $0.eventType = "memory.updated" })
    #expect(!fits { $0.headers = ["ce_source": "three", "ce_time": "now"] })
    #expect(!fits { $0.headers = ["ce_sourcf": "one", "ce_time": "now"] })
    #expect(!fits { $0.headers = ["ce_source": "one"] })
    record.headers = ["large": String(repeating: "x", count: 4_096)]
    #expect(HeaderShape(of: record) == nil)
  }

  @Test("the stock keeps as many lists as it may, and those of as many shapes")
  func bounds() throws {
    let stock = HeaderStock()
    for number in 0..<HeaderStock.shapeLimit * 2 {
      var record = KafkaTransport.record(0, key: "k")
      record.eventType = "memory.number\(number)"
      let shape = try #require(stock.shape(of: record))
      stock.giveBack([try #require(HeaderList(shape, for: record))])
    }
    #expect(stock.count == HeaderStock.shapeLimit)
    let record = KafkaTransport.record(0, key: "k")
    let shape = try #require(stock.shape(of: record))
    for _ in 0..<HeaderStock.limit { stock.giveBack([try #require(HeaderList(shape, for: record))]) }
    #expect(stock.count == HeaderStock.limit)
    var lists: [HeaderList] = []
    stock.take(10, of: shape, to: &lists)
    #expect(lists.count == 10)
    #expect(stock.count == HeaderStock.limit - 10)
    for list in lists { list.destroy() }
  }
}
