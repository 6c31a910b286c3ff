import Foundation
import HTTPClient
import JSON
import RoostTesting
import Testing

/// The document at `/openapi.json`, held against what the server does.
@Suite("OpenAPI")
struct OpenAPITests {
  @Test("every route that the platform promises is described, and every described one answers", .timeLimit(.minutes(5)))
  func routes() async throws {
    try await withTemporaryFolder { folder in
      let roost = try RoostProcess(dataFolder: folder.appending(path: "data"))
      try await roost.waitUntilReady()
      let document = try await MemoryClient(url: roost.url).get("/openapi.json")
      #expect(document["openapi"]?.stringValue?.hasPrefix("3.1") == true)
      let paths = try #require(document["paths"]?.objectValue)
      var described: Set<String> = []
      for (path, item) in paths {
        for method in try #require(item.objectValue).keys
        where ["get", "post", "patch", "put", "delete"].contains(method) {
          described.insert("\(method.uppercased()) \(path)")
        }
      }
      for route in Self.promised { #expect(described.contains(route), "\(route) is not described") }
      for route in described.sorted() { try await Self.check(route, roost.url) }
    }
  }

  /// A described route is there: it answers something other than "no such path" or "no such method".
  private static func check(_ route: String, _ url: String) async throws {
    let parts = route.split(separator: " ")
    if parts[1] == "/v1/events" { return }
    let path = parts[1].split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("{") ? "none" : String($0) }.joined(separator: "/")
    let hasBody = ["POST", "PATCH", "PUT"].contains(parts[0])
    let request = HTTPClientRequest(
      method: String(parts[0]), url: url + path,
      headers: hasBody ? [HTTPClientField("Content-Type", "application/json")] : [],
      body: hasBody ? Array(#"{"no_such_field": 1}"#.utf8) : nil, timeout: .seconds(60))
    let response = try await HTTPClient.shared.send(request)
    #expect(response.status != 405, "\(route) is described and not served")
    #expect(response.status < 500, "\(route): \(response.status) \(response.text)")
    if response.status == 404 {
      #expect(response.text.contains("none"), "\(route) is described and not served: \(response.text)")
    }
    if hasBody, path.hasSuffix("retry") == false {
      #expect([400, 404, 409, 422].contains(response.status), "\(route) took an unknown field: \(response.status)")
    }
  }

  /// The API as the platform promises it.
  private static let promised = [
    "POST /v1/memories", "GET /v1/memories", "POST /v1/memories/batch", "GET /v1/memories/{memory_id}",
    "PATCH /v1/memories/{memory_id}", "DELETE /v1/memories/{memory_id}", "GET /v1/memories/{memory_id}/history",
    "GET /v1/memories/search", "GET /v1/graph/entities", "GET /v1/graph/entities/{entity_id}",
    "GET /v1/graph/entities/{entity_id}/neighbourhood", "GET /v1/graph/paths", "GET /v1/graph/facts/{fact_id}/sources",
    "GET /v1/events", "GET /v1/flows/{correlation_id}", "GET /v1/alerts", "GET /v1/failed-deliveries",
    "POST /v1/failed-deliveries/{failed_delivery_id}/retry", "POST /v1/failed-deliveries/{failed_delivery_id}/edit",
    "POST /v1/failed-deliveries/{failed_delivery_id}/discard", "POST /v1/agents", "GET /v1/agents",
    "GET /v1/agents/{agent_id}", "PATCH /v1/agents/{agent_id}", "POST /v1/capabilities", "GET /v1/capabilities",
    "POST /v1/capabilities/{capability_id}/executions", "GET /v1/capabilities/{capability_id}/executions",
    "GET /v1/evolution/proposals", "POST /v1/evolution/proposals/{proposal_id}/approve",
  ]
}
