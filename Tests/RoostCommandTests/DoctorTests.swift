import Foundation
import JSON
import Testing

@testable import roost

@Suite("The doctor", .timeLimit(.minutes(5)))
struct DoctorTests {
  private func service(
    lag: Int = 0, pending: Int = 0, rejected: Int = 0, dead: Int = 0, waiting: Int = 0, breaker: String = "CLOSED",
    ready: Bool = true
  ) -> JSONValue {
    [
      "name": "memory", "ready": .bool(ready), "lag": JSONValue(lag), "outbox_pending": JSONValue(pending),
      "outbox_rejected": JSONValue(rejected),
      "failed_deliveries": ["dead": JSONValue(dead), "waiting": JSONValue(waiting)],
      "breakers": [["name": "extract", "state": .string(breaker)]],
    ]
  }

  private func findings(_ before: JSONValue, _ after: JSONValue) -> [Finding] {
    func status(_ service: JSONValue) -> JSONValue {
      ["status": "ready", "log": ["status": "healthy", "detail": ""], "services": [service]]
    }
    return ServerExamination(first: status(before), second: status(after)).findings
  }

  @Test("a server that has nothing stuck is well")
  func well() {
    #expect(findings(service(lag: 20, pending: 3), service(lag: 5)).map(\.verdict) == [.ok])
    #expect(findings(service(), service(lag: 5, pending: 1)).map(\.verdict) == [.ok])
  }

  @Test("what stands still is told from what moves")
  func stuck() {
    #expect(findings(service(lag: 20), service(lag: 20)).map(\.message) == ["20 events behind and not getting on"])
    #expect(
      findings(service(lag: 30_000), service(lag: 20_000)).map(\.message)
        == ["20,000 events behind, and getting on: it was 30,000"])
    let outbox = findings(service(pending: 1), service(pending: 2))
    #expect(outbox.map(\.verdict) == [.failure])
    #expect(outbox.map(\.message) == ["2 events wait in the outbox and none leaves"])
  }

  @Test("failed deliveries, refused events and open breakers are told with what to do")
  func failures() {
    let found = findings(service(), service(rejected: 1, dead: 2, waiting: 1, breaker: "OPEN", ready: false))
    #expect(found.map(\.verdict) == [.failure, .failure, .failure, .warning, .warning])
    #expect(
      found.map(\.message) == [
        "does not take events", "1 event refused by the log for good", "2 deliveries failed for good",
        "1 delivery waits to be tried again", "the circuit breaker extract is OPEN",
      ])
    #expect(found.allSatisfy { $0.advice != nil })
  }

  @Test(
    "free space is judged by what is left",
    arguments: [
      (50 << 20, 100 << 30, Finding.Verdict.failure), (500 << 20, 10 << 30, .warning), (2 << 30, 1 << 40, .warning),
      (50 << 30, 100 << 30, .ok),
    ])
  func space(free: Int, total: Int, verdict: Finding.Verdict) {
    #expect(DataFolderExamination.space(free: free, total: total).verdict == verdict)
  }

  @Test("a newer schema is a failure, an older one a warning, a stranger's file is told")
  func schemas() {
    let reference = SchemaReference(schemas: ["memory.db": ["memory": 3, "messaging.outbox": 1]])
    func verdict(_ file: String, _ found: [String: Int]) -> Finding.Verdict {
      reference.finding(file, file: file, found: found).verdict
    }
    #expect(verdict("memory.db", ["memory": 3, "messaging.outbox": 1]) == .ok)
    #expect(verdict("memory.db", ["memory": 4, "messaging.outbox": 1]) == .failure)
    #expect(verdict("memory.db", ["memory": 3, "messaging.outbox": 1, "new": 1]) == .failure)
    #expect(verdict("memory.db", ["memory": 3]) == .warning)
    #expect(verdict("other.db", [:]) == .warning)
  }

  @Test("a file that is no database is found, and a folder that is not there yet is none to worry about")
  func files() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try Data(repeating: 7, count: 10_000).write(to: URL(fileURLWithPath: folder.path + "/memory.db"))
    let run = await CommandRun(["doctor", "--data-dir=\(folder.path)", "--listen=127.0.0.1:0", "--json"])
    #expect(run.exitCode == .failure)
    let found = try JSONValue(parsing: run.output)["findings"]?.arrayValue ?? []
    let memory = try #require(found.first { $0["check"] == "memory.db" })
    #expect(memory["verdict"] == "failure")
    #expect(memory["message"]?.stringValue?.contains("not a database") == true)
    let missing = DataFolderExamination(path: folder.path + "/not-yet").folder()
    #expect(missing.verdict == .ok)
    #expect(DataFolderExamination(path: folder.path + "/memory.db").folder().verdict == .failure)
  }

  @Test("a setting that nobody knows is what the doctor finds first")
  func settings() async throws {
    let run = await CommandRun(["doctor", "--json"], environment: ["ROOST_LISTENN": "x"])
    #expect(run.exitCode == .failure)
    let found = try JSONValue(parsing: run.output)["findings"]?.arrayValue ?? []
    #expect(found.count == 1)
    #expect(found.first?["message"]?.stringValue?.contains("ROOST_LISTENN") == true)
  }
}
