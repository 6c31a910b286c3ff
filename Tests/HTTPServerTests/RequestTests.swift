import HTTPServer
import JSON
import Telemetry
import Testing

@Suite("Requests over a socket")
struct RequestTests {
  @Test("a handler gets the decoded path parameters, the query and the body")
  func parts() async throws {
    var router = Router()
    router.post(
      "/v1/things/{thing_id}",
      Operation(
        id: "echo", summary: "", parameters: [.query("tag", .array(of: .string()))], requestBody: .any)
    ) { request in
      .json([
        "id": .string(request.parameters["thing_id"] ?? ""),
        "tags": .array(request.query.all("tag").map { .string($0) }),
        "body": try request.json(), "route": .string(request.route), "path": .string(request.path),
      ])
    }
    let response = try await withServer(router) { port in
      try await exchange(port, post("/v1/things/a%2Fb%20c?tag=x+y&tag=%C3%A9", #"{"n":1}"#))
    }
    #expect(response.status == 200)
    #expect(
      response.body
        == #"{"id":"a/b c","tags":["x y","é"],"body":{"n":1},"route":"/v1/things/{thing_id}","path":"/v1/things/a%2Fb%20c"}"#
    )
  }
}
