import HTTPClient
import JSON

/// The calls of the memory API that the tests make.
struct MemoryClient: Sendable {
  let url: String

  struct Written: Sendable {
    let memoryID: String
    let version: Int
    let correlationID: String
  }

  /// Writes a memory; throws when the answer is not a success, or none came.
  func create(_ content: String, key: String) async throws -> Written {
    try await write("POST", "/v1/memories", ["content": .string(content), "user_id": "john"], key: key)
  }

  func update(_ memoryID: String, to content: String) async throws -> Written {
    try await write("PATCH", "/v1/memories/\(memoryID)", ["content": .string(content)], key: nil)
  }

  func get(_ path: String) async throws -> JSONValue {
    let response = try await HTTPClient.shared.json(to: url + path, method: "GET", timeout: .seconds(60))
    guard response.isSuccess else { throw TestFailure("GET \(path): \(response.status) \(response.text)") }
    return try response.json()
  }

  /// Every item of a list, page by page.
  func items(_ path: String, limit: Int = 200) async throws -> [JSONValue] {
    var items: [JSONValue] = []
    var cursor: String?
    repeat {
      let page = try await get(
        path + (path.contains("?") ? "&" : "?") + "limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? ""))
      items += page["items"]?.arrayValue ?? []
      cursor = page["next_cursor"]?.stringValue
    } while cursor != nil
    return items
  }

  private func write(_ method: String, _ path: String, _ body: JSONObject, key: String?) async throws -> Written {
    let headers = key.map { [HTTPClientField("Idempotency-Key", $0)] } ?? []
    let response = try await HTTPClient.shared.json(
      .object(body), to: url + path, method: method, headers: headers, timeout: .seconds(60))
    guard response.isSuccess else { throw TestFailure("\(method) \(path): \(response.status) \(response.text)") }
    let answer = try response.json()
    guard let memoryID = answer["memory_id"]?.stringValue, let version = answer["version"]?.intValue,
      let correlationID = answer["correlation_id"]?.stringValue
    else { throw TestFailure("\(method) \(path) answered without an id: \(response.text)") }
    return Written(memoryID: memoryID, version: version, correlationID: correlationID)
  }
}
