import Foundation
import HTTPServer
import JSON
import RuntimeHost
import Testing

@testable import roost

/// What the gateway is set up with, held against the services' own routes.
@Suite("The gateway")
struct GatewayTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../deploy/gateway").standardized

  @Test(
    "what is checked in is what the services' routes make",
    arguments: [("gateway", "nginx.conf"), ("openapi", "openapi.json")])
  func current(command: String, file: String) async throws {
    let run = await CommandRun([command])
    #expect(run.exitCode == .success)
    let checkedIn = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    #expect(run.output == checkedIn, "deploy/gateway/\(file) is not current: `make gateway` writes it anew")
  }

  @Test("the whole document is the one that a single process serves")
  func document() async throws {
    let served = try await withHost { url in
      try await APIClient(base: url, token: nil, http: .shared).get("/openapi.json")
    }
    #expect(try JSONValue(parsing: await CommandRun(["openapi"]).output) == served)
  }

  @Test("every route of every service goes to it, and what is the host's to any")
  func routes() throws {
    let tables = try Self.tables()
    let routes = try GatewayRoutes(tables)
    for table in tables {
      for route in table.routes where route.path.hasPrefix("/v1/") {
        #expect(Self.service(of: route.path, in: routes) == table.service, "\(route.path)")
      }
    }
    #expect(Self.service(of: "/v1/nonsense", in: routes) == nil)
    #expect(Self.service(of: "/v1/memoriesque", in: routes) == nil)
  }

  @Test("paths that a gateway could not tell apart are found")
  func overlaps() throws {
    #expect(GatewayRoutes.overlap("/v1/a/{id}", "/v1/a/b"))
    #expect(GatewayRoutes.overlap("/v1/a/{id}/c", "/v1/a/{other}/c"))
    #expect(!GatewayRoutes.overlap("/v1/a/{id}", "/v1/a/b/c"))
    #expect(!GatewayRoutes.overlap("/v1/a/{id}/c", "/v1/a/b/d"))
  }

  private static func tables() throws -> [RuntimeHost.RouteTable] {
    try RuntimeHost(configuration: try HostConfiguration(services: platformServices), services: platformServices)
      .routeTables()
  }

  /// As nginx chooses by the settings: the paths of all first, then the prefixes.
  private static func service(of path: String, in routes: GatewayRoutes) -> String? {
    let exact = routes.entries.first { entry in entry.paths.contains { GatewayRoutes.overlap($0, path) } }
    let below = routes.entries.first { entry in
      entry.prefixes.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
    return (exact ?? below)?.service
  }
}
