import Foundation
import HTTPClient
import JSON
import RoostTesting
import Testing

/// What a client gets for input that cannot be taken: a problem document that says what and where.
@Suite("Bad input over HTTP")
struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = "POST"
    var path = "/v1/memories"
    var body: [UInt8]?
    var statuses: Set<Int>
    /// What the answer must say, in one of its members.
    var says: String
  }

  static let cases = [
    Case(testDescription: "malformed JSON", body: bytes(#"{"content": "a",}"#), statuses: [400], says: "16"),
    Case(testDescription: "JSON that is cut off", body: bytes(#"{"content": "a"#), statuses: [400], says: "14"),
    Case(
      testDescription: "nesting over the limit", body: bytes(String(repeating: "[", count: 2_000)), statuses: [400],
      says: "nest"),
    Case(
      testDescription: "a body over the limit", body: [UInt8](repeating: 0x20, count: 20_000_000), statuses: [413],
      says: "bytes"),
    Case(
      testDescription: "an unknown field", body: bytes(#"{"content": "a", "contents": "b"}"#), statuses: [422],
      says: "contents"),
    Case(testDescription: "a missing field", body: bytes("{}"), statuses: [422], says: "content"),
    Case(testDescription: "a field of another type", body: bytes(#"{"content": 7}"#), statuses: [422], says: "content"),
    Case(
      testDescription: "broken UTF-8", body: bytes(#"{"content": ""#) + [0xFF, 0x22, 0x7D], statuses: [400],
      says: "UTF-8"),
    Case(
      testDescription: "an invalid pattern", method: "GET", path: "/v1/events?pattern=Memory..x", statuses: [400],
      says: "pattern"),
    Case(
      testDescription: "a negative page size", method: "GET", path: "/v1/memories?limit=-1", statuses: [400, 422],
      says: "limit"),
    Case(
      testDescription: "a huge page size", method: "GET", path: "/v1/memories?limit=99999999999", statuses: [400, 422],
      says: "limit"),
    Case(
      testDescription: "a cursor of another list", method: "GET", path: "/v1/memories?cursor=nonsense", statuses: [400],
      says: "cursor"),
    Case(
      testDescription: "an unknown query parameter", method: "GET", path: "/v1/memories?user=x", statuses: [400],
      says: "user"),
    Case(
      testDescription: "a path that is not there", method: "GET", path: "/v1/memory", statuses: [404],
      says: "/v1/memory"),
    Case(
      testDescription: "a method that is not there", method: "PUT", path: "/v1/memories", statuses: [405], says: "PUT"),
    Case(
      testDescription: "a memory that is not there", method: "GET", path: "/v1/memories/mem_x", statuses: [404],
      says: "mem_x"),
    Case(
      testDescription: "a time that is none", method: "GET",
      path: "/v1/graph/entities/ent_x/neighbourhood?valid_at=yesterday", statuses: [400, 422], says: "valid_at"),
  ]

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("is refused with a problem that names what is wrong", .timeLimit(.minutes(5)))
  func problems() async throws {
    try await withTemporaryFolder { folder in
      let roost = try RoostProcess(dataFolder: folder.appending(path: "data"))
      try await roost.waitUntilReady()
      for input in Self.cases {
        let request = HTTPClientRequest(
          method: input.method, url: roost.url + input.path,
          headers: input.body == nil ? [] : [HTTPClientField("Content-Type", "application/json")],
          body: input.body, timeout: .seconds(60))
        let response = try await HTTPClient.shared.send(request)
        #expect(input.statuses.contains(response.status), "\(input.testDescription): \(response.status)")
        let problem = try #require(try? response.json(), "\(input.testDescription): no JSON, \(response.text)")
        #expect(problem["status"]?.intValue == response.status, "\(input.testDescription)")
        #expect(problem["title"]?.stringValue?.isEmpty == false, "\(input.testDescription)")
        #expect(response.text.contains(input.says), "\(input.testDescription): \(response.text)")
      }
      // Nothing of all that has hurt it.
      _ = try await MemoryClient(url: roost.url).create("John visited Paris.", key: "after")
    }
  }
}
