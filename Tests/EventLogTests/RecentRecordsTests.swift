import Messaging
import Testing

@testable import EventLog

@Suite("The newest records in memory")
struct RecentRecordsTests {
  private func records(_ offsets: ClosedRange<Int64>, size: Int = 10) -> [(slot: Int, record: DeliveredRecord)] {
    offsets.map { offset in
      let record = EventRecord(topic: "notes", key: "k", value: [UInt8](repeating: 0, count: size))
      return (
        slot: Int(offset % 2),
        record: DeliveredRecord(
          record: record, position: RecordPosition(topic: "notes", partition: Int32(offset % 2), offset: offset),
          appendedAtMicroseconds: 0)
      )
    }
  }

  private func offsets(_ result: LogScan.Result?) -> [Int64]? { result?.records.map(\.record.position.offset) }

  @Test("what was appended is given from any offset that is held on, as far as it is wanted")
  func wanted() {
    let recent = RecentRecords()
    recent.append(records(5...9))
    recent.append(records(10...12))
    let all = recent.scan(from: 7, limit: 100) { _, _, _ in true }
    #expect(offsets(all) == [7, 8, 9, 10, 11, 12])
    #expect(all?.scannedTo == 13)
    #expect(all?.isAtEnd == true)
    #expect(
      offsets(recent.scan(from: 5, limit: 100) { slot, _, topic in slot == 0 && topic == "notes" }) == [6, 8, 10, 12])
    let some = recent.scan(from: 5, limit: 3) { _, _, _ in true }
    #expect(offsets(some) == [5, 6, 7])
    #expect(some?.scannedTo == 8)
    #expect(some?.isAtEnd == false)
  }

  @Test("what is not held is not answered: before the first, behind the last, and where nothing is")
  func outside() {
    let recent = RecentRecords()
    #expect(recent.scan(from: 0, limit: 10) { _, _, _ in true } == nil)
    recent.append(records(5...9))
    #expect(recent.scan(from: 4, limit: 10) { _, _, _ in true } == nil)
    #expect(recent.scan(from: 10, limit: 10) { _, _, _ in true } == nil)
  }

  @Test("behind a gap, where another process appended, what stands before is forgotten")
  func gap() {
    let recent = RecentRecords()
    recent.append(records(5...9))
    recent.append(records(11...12))
    #expect(recent.scan(from: 8, limit: 10) { _, _, _ in true } == nil)
    #expect(offsets(recent.scan(from: 11, limit: 10) { _, _, _ in true }) == [11, 12])
  }

  @Test("the end of what is held is not the log's where another process is known to have appended more")
  func knownEnd() {
    let recent = RecentRecords()
    recent.append(records(5...9))
    recent.note(end: 10)
    #expect(recent.scan(from: 8, limit: 10) { _, _, _ in true }?.isAtEnd == false)
  }

  @Test("the oldest are forgotten beyond the bounds of number and size")
  func bounds() {
    let counted = RecentRecords(countLimit: 4)
    for offset in Int64(1)...50 { counted.append(records(offset...offset)) }
    #expect(counted.scan(from: 46, limit: 10) { _, _, _ in true } == nil)
    #expect(offsets(counted.scan(from: 47, limit: 10) { _, _, _ in true }) == [47, 48, 49, 50])
    let sized = RecentRecords(byteLimit: 10_000)
    sized.append(records(1...10, size: 2_000))
    #expect(sized.scan(from: 6, limit: 10) { _, _, _ in true } == nil)
    #expect(offsets(sized.scan(from: 7, limit: 10) { _, _, _ in true }) == [7, 8, 9, 10])
    sized.append(records(11...11, size: 20_000))
    #expect(sized.scan(from: 11, limit: 10) { _, _, _ in true } == nil)
    sized.append(records(12...12))
    #expect(offsets(sized.scan(from: 12, limit: 10) { _, _, _ in true }) == [12])
  }
}
