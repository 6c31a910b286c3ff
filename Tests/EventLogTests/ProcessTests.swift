import EventLog
import Messaging
import RoostTesting
import Testing

@Suite("The log between processes")
struct ProcessTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("events.db") }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func record(_ index: Int, key: String) -> EventRecord {
    EventRecord(topic: "memory", key: key, value: Array("\(key)#\(index)".utf8))
  }

  private func text(_ delivered: DeliveredRecord) -> String { String(decoding: delivered.record.value, as: UTF8.self) }

  @Test("what a process killed in the middle had not acknowledged comes again, in order and nothing else")
  func killed() async throws {
    let log = try await EventLogTransport.open(path: path)
    _ = await log.append((0..<30).map { record($0, key: "k") })
    let process = try ChildProcess.member(of: "g", on: path, acknowledges: 10)
    try await process.lines.wait(for: "30 records, 10 acknowledged") { lines in
      lines.count { $0.hasPrefix("record ") } == 30 && lines.last == "stored"
    }
    try await process.killHard()
    let member = try await GroupMember.join(log, group: "g")
    let received = try await member.received.wait(count: 20)
    #expect(received.map(text) == (10..<30).map { "k#\($0)" })
    await member.leave()
    await log.close()
  }

  @Test("two processes share a group, and when one is killed the other is given all that it left")
  func shared() async throws {
    let log = try await EventLogTransport.open(path: path)
    _ = await log.append([record(0, key: "first")])
    let member = try await GroupMember.join(log, group: "g")
    try await member.received.wait(count: 1)
    let process = try ChildProcess.member(of: "g", on: path, acknowledges: 0)
    try await process.lines.wait(for: "a share of the partitions") { $0.contains { $0 == "assigned 8" } }
    let texts = Set((0..<200).map { "k\($0 % 40)#\($0)" })
    _ = await log.append((0..<200).map { record($0, key: "k\($0 % 40)") })
    try await process.lines.wait(for: "records") { $0.contains { $0.hasPrefix("record ") } }
    try await process.killHard()
    let received = try await member.received.wait(for: "all records") { received in
      Set(received.map { String(decoding: $0.record.value, as: UTF8.self) }).count == 201
    }
    #expect(Set(received.dropFirst().map(text)) == texts)
    #expect(received.count == 201, "a record came here twice")
    await member.leave()
    await log.close()
  }

  @Test("a process that leaves in order leaves nothing to be done twice")
  func leaves() async throws {
    let log = try await EventLogTransport.open(path: path)
    _ = await log.append((0..<30).map { record($0, key: "k\($0)") })
    let process = try ChildProcess.member(of: "g", on: path, acknowledges: 1_000)
    try await process.lines.wait(for: "30 records") { lines in
      lines.count { $0.hasPrefix("record ") } == 30 && lines.last == "stored"
    }
    #expect(try await process.leave() == 0)
    _ = await log.append([record(30, key: "k30")])
    let member = try await GroupMember.join(log, group: "g")
    try await member.received.wait(count: 1)
    #expect(member.received.elements.map(text) == ["k30#30"])
    await member.leave()
    await log.close()
  }
}
