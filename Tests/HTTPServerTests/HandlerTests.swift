import HTTPServer
import JSON
import RoostTesting
import Synchronization
import Telemetry
import Testing

@Suite("Handlers", .timeLimit(.minutes(5)))
struct HandlerTests {
  private struct Secret: Error, CustomStringConvertible { let description = "password=hunter2" }

  private func router(_ handler: @escaping HTTPHandler) -> Router {
    var router = Router()
    router.get("/work", Operation(id: "work", summary: ""), handler: handler)
    return router
  }

  @Test("what a handler throws is logged under an id, and the client gets the id alone")
  func failure() async throws {
    let sink = RecentLogSink()
    let response = try await withServer(router { _ in throw Secret() }, sink: sink) { port in
      try await exchange(port, get("/work"))
    }
    #expect(response.status == 500)
    #expect(!response.body.contains("hunter2"))
    let id = try #require(try JSONValue(parsing: Array(response.body.utf8))["error_id"]?.stringValue)
    #expect(sink.recent.contains { $0.contains("hunter2") && $0.contains(id) })
  }

  @Test("a problem that a handler throws is the answer")
  func problem() async throws {
    let thrown = Problem(
      .conflict, type: "too-late", detail: "It is over.", members: ["since": 7], headers: ["Retry-After": "5"])
    let response = try await withServer(router { _ in throw thrown }) { try await exchange($0, get("/work")) }
    #expect(response.status == 409)
    #expect(response["Retry-After"] == "5")
    #expect(
      response.body == #"{"type":"too-late","title":"Conflict","status":409,"detail":"It is over.","since":7}"#)
  }

  @Test("a handler that does not answer in time is cancelled, and its client told")
  func deadline() async throws {
    let cancelled = Recorder<Void>()
    let router = router { _ in
      do { try await Task.sleep(for: .seconds(3_600)) } catch {
        cancelled.append(())
        throw error
      }
      return .empty()
    }
    try await withServer(router, configuration: HTTPServerConfiguration(requestDeadline: .milliseconds(50))) { port in
      let response = try await exchange(port, get("/work"))
      #expect(response.status == 503)
      #expect(response.body.contains("deadline-exceeded"))
      try await cancelled.wait(count: 1)
    }
  }

  @Test("a connection serves one request after another, also when they are sent at once")
  func keepAlive() async throws {
    let count = Mutex(0)
    let router = router { _ in .text("\(count.withLock { $0 += 1; return $0 })") }
    try await withServer(router) { port in
      let connection = try RawConnection(port: port)
      for number in 1...3 {
        await connection.send(get("/work"))
        #expect(await connection.readResponse().body == "\(number)")
      }
      await connection.send(get("/work") + get("/work", headers: "Connection: close\r\n"))
      let both = await connection.readToEnd()
      #expect(both.contains("\r\n\r\n4"))
      #expect(both.hasSuffix("\r\n\r\n5"))
    }
  }

  @Test("HEAD is GET without the body, and OPTIONS says what there is")
  func headAndOptions() async throws {
    try await withServer(router { _ in .text("12345") }) { port in
      let connection = try RawConnection(port: port)
      await connection.send(get("/work", method: "HEAD", headers: "Connection: close\r\n"))
      let head = await connection.readToEnd()
      #expect(head.hasPrefix("HTTP/1.1 200"))
      #expect(head.hasSuffix("\r\n\r\n"))
      let options = try await exchange(port, get("/work", method: "OPTIONS"))
      #expect(options.status == 204)
      #expect(options["Allow"] == "GET, HEAD, OPTIONS")
    }
  }

  @Test("a body arrives whole however it is cut, and the client that asks first is told to go on")
  func pieces() async throws {
    var router = Router()
    router.post("/work", Operation(id: "work", summary: "", requestBody: .any)) { .bytes($0.body, contentType: "a/b") }
    try await withServer(router) { port in
      let body = #"{"text":"\#(String(repeating: "é", count: 40_000))"}"#
      let connection = try RawConnection(port: port)
      let request = Array(post("/work", body, headers: "Expect: 100-continue\r\n").utf8)
      let head = request.count - body.utf8.count
      await connection.send(Array(request[..<head]))
      #expect(await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
      for start in stride(from: head, to: request.count, by: 7_919) {
        await connection.send(Array(request[start..<min(start + 7_919, request.count)]))
      }
      #expect(await connection.readResponse().body == body)
    }
  }

  @Test("many clients at once each get their own answer, and each is counted")
  func concurrency() async throws {
    let metrics = MetricsRegistry()
    var router = Router()
    router.get("/echo/{word}", Operation(id: "echo", summary: "")) { request in
      await Task.yield()
      return .text(try request.parameter("word"))
    }
    try await withServer(router, metrics: metrics) { port in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<100 {
          group.addTask { try await exchange(port, get("/echo/w\(number)")).body == "w\(number)" }
        }
        for try await isOwn in group { #expect(isOwn) }
      }
    }
    #expect(
      metrics.prometheusText().contains(
        #"http_server_requests_total{method="GET",route="/echo/{word}",status="200"} 100"#))
  }

  @Test("middleware stands around every route, the first outermost, and may answer by itself")
  func middleware() async throws {
    var router = router { _ in .text("in") }
    for name in ["a", "b"] {
      router.use { request, next in
        if request.query["stop"] == name { return .text("stopped by \(name)") }
        var response = try await next(request)
        response.headers.append("X-Passed", name)
        return response
      }
    }
    try await withServer(router) { port in
      let response = try await exchange(port, get("/work"))
      #expect(response.headers.contains("X-Passed: b\r\nX-Passed: a"))
      #expect(try await exchange(port, get("/work?stop=b")).body == "stopped by b")
    }
  }

  @Test("the caller's trace goes on inside the handler")
  func trace() async throws {
    let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let router = router { _ in .text(TraceContext.current?.traceID ?? "none") }
    try await withServer(router) { port in
      let response = try await exchange(port, get("/work", headers: "traceparent: \(header)\r\n"))
      #expect(response.body == "0af7651916cd43dd8448eb211c80319c")
    }
  }
}
