import HTTPClient
import HTTPServer
import JSON
import Testing

@Suite("Calls over a socket", .timeLimit(.minutes(5)))
struct HTTPClientTests {
  private func kind(of call: () async throws -> some Any) async -> HTTPClientError.Kind? {
    do {
      _ = try await call()
      return nil
    } catch {
      return (error as? HTTPClientError)?.kind
    }
  }

  @Test("a document goes out with its headers, and status, headers and body come back")
  func document() async throws {
    var router = Router()
    router.post("/echo", Operation(id: "echo", summary: "", requestBody: .any)) { request in
      var response = HTTPResponse.json(
        [
          "body": try request.json(), "token": .string(request.headers["authorization"] ?? ""),
          "accept": .string(request.headers["accept"] ?? ""),
        ], status: .created)
      response.headers["X-Correlation-ID"] = "corr_1"
      return response
    }
    let response = try await withServer(router) { url in
      try await HTTPClient.shared.json(
        ["text": "a\u{0}é"], to: url + "/echo", headers: [HTTPClientField("Authorization", "Bearer t")])
    }
    #expect(response.status == 201)
    #expect(response.isSuccess)
    #expect(response.headers["x-correlation-id"] == "corr_1")
    #expect(
      try response.json() == ["body": ["text": "a\u{0}é"], "token": "Bearer t", "accept": "application/json"])
  }

  @Test("the method is the request's, with or without a body", arguments: ["GET", "PUT", "PATCH", "DELETE", "POST"])
  func methods(method: String) async throws {
    var router = Router()
    let operation = { (id: String) in Operation(id: id, summary: "") }
    router.get("/", operation("get")) { _ in .text("GET") }
    router.put("/", operation("put")) { _ in .text("PUT") }
    router.patch("/", operation("patch")) { _ in .text("PATCH") }
    router.delete("/", operation("delete")) { _ in .text("DELETE") }
    router.post("/", operation("post")) { _ in .text("POST") }
    try await withServer(router) { url in
      let response = try await HTTPClient.shared.send(HTTPClientRequest(method: method, url: url + "/"))
      #expect(response.text == method)
    }
  }

  @Test("an answer that says no is an answer, and a redirect is not followed")
  func statuses() async throws {
    var router = Router()
    router.get("/moved", Operation(id: "moved", summary: "")) { _ in
      HTTPResponse(status: .seeOther, headers: ["Location": "/elsewhere"])
    }
    try await withServer(router) { url in
      let missing = try await HTTPClient.shared.send(HTTPClientRequest(url: url + "/missing"))
      #expect(missing.status == 404)
      let moved = try await HTTPClient.shared.send(HTTPClientRequest(url: url + "/moved"))
      #expect(moved.status == 303)
      #expect(moved.headers["location"] == "/elsewhere")
    }
  }

  @Test("a hundred calls at once each get their own answer")
  func many() async throws {
    var router = Router()
    router.get("/{number}", Operation(id: "number", summary: "", parameters: [.path("number")])) { request in
      .text(request.parameters["number"] ?? "")
    }
    try await withServer(router) { url in
      try await withThrowingTaskGroup(of: (Int, String).self) { group in
        for number in 0..<100 {
          group.addTask {
            (number, try await HTTPClient.shared.send(HTTPClientRequest(url: "\(url)/\(number)")).text)
          }
        }
        for try await (number, text) in group { #expect(text == String(number)) }
      }
    }
  }

  @Test("a port where nobody listens cannot be connected to")
  func refused() async throws {
    let url = try await withServer(Router()) { $0 }
    #expect(await kind { try await HTTPClient.shared.send(HTTPClientRequest(url: url)) } == .cannotConnect)
  }

  @Test(
    "an address that is none is refused before anything is sent",
    arguments: ["", "127.0.0.1:80", "file:///etc/passwd", "ftp://host/", "http://", "http:///path", "http://a b/"])
  func addresses(url: String) async {
    #expect(await kind { try await HTTPClient.shared.send(HTTPClientRequest(url: url)) } == .invalidURL)
  }

  @Test("a header with a line break is refused")
  func headers() async {
    let request = HTTPClientRequest(url: "http://127.0.0.1:1", headers: [HTTPClientField("A", "b\r\nC: d")])
    #expect(await kind { try await HTTPClient.shared.send(request) } == .other)
  }

  @Test("an answer that does not come in time is a time-out")
  func slow() async throws {
    var router = Router()
    let end = Arrival()
    router.get("/", Operation(id: "slow", summary: "")) { _ in
      await end.wait()
      return .empty()
    }
    try await withServer(router) { url in
      let request = HTTPClientRequest(url: url, timeout: .milliseconds(50))
      #expect(await kind { try await HTTPClient.shared.send(request) } == .timedOut)
      await end.arrive()
    }
  }

  @Test("an answer is taken up to the limit and refused beyond it")
  func size() async throws {
    var router = Router()
    router.get("/", Operation(id: "large", summary: "")) { _ in
      .bytes([UInt8](repeating: 7, count: 100_000), contentType: "application/octet-stream")
    }
    try await withServer(router) { url in
      let exact = try await HTTPClient.shared.send(HTTPClientRequest(url: url, responseLimit: 100_000))
      #expect(exact.body == [UInt8](repeating: 7, count: 100_000))
      let request = HTTPClientRequest(url: url, responseLimit: 99_999)
      #expect(await kind { try await HTTPClient.shared.send(request) } == .tooLarge)
    }
  }

  @Test("cancelling the task ends the call while the server still works on it")
  func cancellation() async throws {
    var router = Router()
    let start = Arrival()
    let end = Arrival()
    router.get("/", Operation(id: "stuck", summary: "")) { _ in
      await start.arrive()
      await end.wait()
      return .empty()
    }
    try await withServer(router) { url in
      let call = Task { await kind { try await HTTPClient.shared.send(HTTPClientRequest(url: url)) } }
      await start.wait()
      call.cancel()
      #expect(await call.value == .cancelled)
      await end.arrive()
    }
  }

  @Test("a task that is cancelled already calls nobody")
  func cancelledBefore() async {
    let begin = Arrival()
    let call = Task {
      await begin.wait()
      return await kind { try await HTTPClient.shared.send(HTTPClientRequest(url: "http://127.0.0.1:1")) }
    }
    call.cancel()
    await begin.arrive()
    #expect([.cancelled, .cannotConnect].contains(await call.value))
  }
}
