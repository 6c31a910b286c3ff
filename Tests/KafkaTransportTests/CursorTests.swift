import Messaging
import Testing

@testable import KafkaTransport

@Suite("Cursors of a tail")
struct CursorTests {
  @Test("a cursor says where each partition stands, in unreserved characters, and is read back")
  func roundTrip() throws {
    var offsets = TailOffsets()
    offsets[TopicPartition(topic: "memory", partition: 2)] = 1_234_567
    offsets[TopicPartition(topic: "memory", partition: 0)] = 0
    offsets[TopicPartition(topic: "agent", partition: 0)] = 35
    let cursor = offsets.cursor
    #expect(cursor.rawValue == "v1~agent~z~memory~0..qglj")
    #expect(try TailOffsets(cursor) == offsets)
    #expect(try TailOffsets(cursor)[TopicPartition(topic: "memory", partition: 1)] == nil)
  }

  @Test(
    "what is no cursor is refused",
    arguments: ["", "v2~memory~0", "v1~memory", "v1~~0", "v1~memory~-1", "v1~memory~!", "v1~a~0~a~0", "beginning-"])
  func refused(_ text: String) {
    #expect(throws: TransportError.self) { try TailOffsets(TailCursor(rawValue: text)) }
  }

  @Test("records of many partitions come by time, once each partition has said something")
  func merged() {
    func record(_ partition: Int32, _ offset: Int64, at time: Int64) -> DeliveredRecord {
      DeliveredRecord(
        record: EventRecord(topic: "t", key: nil, value: []),
        position: RecordPosition(topic: "t", partition: partition, offset: offset), appendedAtMicroseconds: time)
    }
    let places = (0..<3).map { TopicPartition(topic: "t", partition: $0) }
    var merge = TailMerge(from: TailOffsets())
    for place in places { merge.add(place) }
    merge.take(record(0, 0, at: 20), of: places[0])
    merge.take(record(1, 0, at: 10), of: places[1])
    #expect(merge.next(withoutAll: false) == nil, "a partition that has said nothing may hold an older record")
    merge.take(nil, of: places[2])
    #expect(merge.next(withoutAll: false)?.delivered.position.partition == 1)
    #expect(merge.next(withoutAll: false) == nil)
    merge.take(nil, of: places[1])
    let last = merge.next(withoutAll: false)
    #expect(last?.delivered.position.partition == 0)
    #expect(last?.cursor.rawValue == "v1~t~1.1")
    merge.take(nil, of: places[0])
    #expect(merge.isAtEnd)
  }
}
