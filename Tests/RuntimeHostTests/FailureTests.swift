import Foundation
import JSON
import RoostTesting
import Testing

@testable import RuntimeHost

/// What goes wrong below a host, seen from outside.
@Suite("Failures seen over HTTP", .timeLimit(.minutes(5)))
struct FailureTests {
  @Test(
    "bytes that are no event are kept as they are, can be looked at and given up, and the partition moves on",
    arguments: TestHost.Transport.available)
  func noEvent(transport: TestHost.Transport) async throws {
    try await TestHost.run([AskingService.self, AnsweringService.self], transport: transport) { host in
      let garbage: [[UInt8]] = [[0xFF, 0x00, 0x80], Array(#"{"event_type":"asking.question.asked"}"#.utf8), []]
      let good = Event(QuestionAsked(questionID: "q", text: "why"), sourceService: "asking_service")
      // All of one key, so that what is good lies behind what is not.
      let records =
        garbage.map { EventRecord(topic: "asking", key: "q", value: $0) } + [
          EventRecord(
            topic: "asking", key: "q", value: good.encoded(), eventType: good.type.name, eventID: good.id)
        ]
      let log = try #require(host.host.transport)
      for outcome in await log.append(records) {
        guard case .appended = outcome else { throw TestHostRefusal("\(outcome)") }
      }
      _ = try await host.events(matching: "answering.*", count: 1)
      try await host.waitUntilIdle()
      let failed = try await host.get("/v1/failed-deliveries?service=answering")["items"]?.arrayValue ?? []
      #expect(failed.count == garbage.count)
      var kept: Set<Data> = []
      for item in failed {
        #expect(item["status"] == "dead")
        let id = try #require(item["failed_delivery_id"]?.stringValue)
        let detail = try await host.get("/v1/failed-deliveries/\(id)")
        kept.insert(try #require(detail["value_base64"]?.stringValue.flatMap { Data(base64Encoded: $0) }))
        let discarded = try await host.post("/v1/failed-deliveries/\(id)/discard", ["reason": "noise", "actor": "ann"])
        #expect(discarded["status"] == "discarded")
        let history = try await host.get("/v1/failed-deliveries/\(id)")["history"]
        #expect(history?[0]?["actor"] == "ann")
        #expect(history?[0]?["reason"] == "noise")
      }
      #expect(kept == Set(garbage.map { Data($0) }))
    }
  }

  @Test("a list of failed deliveries of two services is whole, page by page, while more fail")
  func pages() async throws {
    try await TestHost.run([AskingService.self, AnsweringService.self, DoubtingService.self]) { host in
      for _ in 0..<5 { try await host.post("/v1/questions", ["text": "poison"]) }
      _ = try await host.events(matching: "delivery.failed", count: 10)
      let whole = try await host.get("/v1/failed-deliveries?limit=100")
      let expected = try ids(whole)
      #expect(expected.count == 10)
      var seen: [String] = []
      var cursor: String?
      repeat {
        let page = try await host.get("/v1/failed-deliveries?limit=3" + (cursor.map { "&cursor=\($0)" } ?? ""))
        seen += try ids(page)
        cursor = page["next_cursor"]?.stringValue
        if seen.count == 3 {
          try await host.post("/v1/questions", ["text": "poison"])
          _ = try await host.events(matching: "delivery.failed", count: 12)
        }
      } while cursor != nil
      #expect(seen == expected)
      let retried = try await host.post("/v1/failed-deliveries/retry", ["service": "doubting", "handler": "doubt"])
      #expect(retried["count"]?.intValue == 6)
    }
  }

  private func ids(_ page: JSONValue) throws -> [String] {
    try (page["items"]?.arrayValue ?? []).map { try #require($0["failed_delivery_id"]?.stringValue) }
  }

  @Test("a full disk is told as such, nothing of the request stays, and the host goes on")
  func diskFull() async throws {
    try await TestHost.run([FillingService.self]) { host in
      let refused = try await host.send("POST", "/v1/blobs", ["size": 4_000_000])
      #expect(refused.status == 507)
      #expect(refused.text.contains("disk-full"))
      #expect(try await host.post("/v1/blobs", ["size": 10])["count"]?.intValue == 1)
    }
  }
}

struct TestHostRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Handles no question at all.
private struct DoubtingService: ServicePlugin {
  static let name = "doubting"
  static let publishes: [any EventPayload.Type] = []

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.on(QuestionAsked.self, name: "doubt") { _, _ in throw PermanentFailure("is it?") }
  }
}

/// Stores blobs on a disk that is soon full.
private struct FillingService: ServicePlugin {
  static let name = "filling"
  static let publishes: [any EventPayload.Type] = []

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.migrations([Migration(1, "blobs", sqlite: "CREATE TABLE blobs (data BLOB NOT NULL)")])
    service.routes { routes in
      routes.post(
        "/v1/blobs",
        Operation(id: "fill", summary: "Store", requestBody: .object(["size": .integer()], required: ["size"]))
      ) { request, context in
        let size = try request.json()["size"]?.intValue ?? 0
        let count = try await context.transaction { tx in
          // SQLite says "full" at this bound as it does when the disk is.
          _ = try tx.query("PRAGMA max_page_count = 200") { try $0.int(0) }
          try tx.execute("INSERT INTO blobs (data) VALUES (zeroblob(?))", size)
          return try tx.query("SELECT count(*) FROM blobs") { try $0.int(0) }
        }
        return .json(["count": JSONValue(count[0])])
      }
    }
  }
}
