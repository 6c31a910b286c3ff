import HTTPServer
import RoostTesting
import Telemetry
import Testing

@Suite("A server's start and stop", .timeLimit(.minutes(5)))
struct LifeCycleTests {
  private func server(_ router: Router, port: Int = 0) -> HTTPServer {
    HTTPServer(
      configuration: HTTPServerConfiguration(port: port), router: router,
      logger: Logger(label: "test") { _ in JSONLinesLogHandler(sink: RecentLogSink()) }, metrics: MetricsRegistry())
  }

  private func router(_ handler: @escaping HTTPHandler) -> Router {
    var router = Router()
    router.get("/work", Operation(id: "work", summary: ""), handler: handler)
    return router
  }

  @Test("a request that runs when the server stops is answered, and no further one is taken")
  func drains() async throws {
    let begun = Recorder<Void>()
    let release = Recorder<Void>()
    let server = server(
      router { _ in
        begun.append(())
        try await release.wait(count: 1)
        return .text("done")
      })
    try server.start()
    let port = server.port
    let connection = try RawConnection(port: port)
    await connection.send(get("/work"))
    try await begun.wait(count: 1)
    let stopping = Task { await server.shutdown(grace: .seconds(30)) }
    // The listening socket is closed before anything is waited for.
    while let other = try? RawConnection(port: port) {
      await other.close()
      await Task.yield()
    }
    release.append(())
    let response = await connection.readResponse()
    #expect(response.status == 200)
    #expect(response.body == "done")
    #expect(response["Connection"]?.lowercased() == "close")
    await stopping.value
  }

  @Test("a request that runs longer than the grace is cancelled and told so")
  func gives() async throws {
    let begun = Recorder<Void>()
    let server = server(
      router { _ in
        begun.append(())
        try await Task.sleep(for: .seconds(3_600))
        return .empty()
      })
    try server.start()
    let connection = try RawConnection(port: server.port)
    await connection.send(get("/work"))
    try await begun.wait(count: 1)
    await server.shutdown(grace: .zero)
    #expect(await connection.readResponse().status == 503)
  }

  @Test("a server stops while clients keep coming, again and again", arguments: 0..<4)
  func stopsUnderLoad(run: Int) async throws {
    for _ in 0..<100 {
      let server = server(router { _ in .text("done") })
      try server.start()
      let port = server.port
      let answered = Recorder<Int>()
      await withTaskGroup { group in
        for _ in 0..<3 {
          group.addTask {
            while !Task.isCancelled, let connection = try? RawConnection(port: port) {
              await connection.send(get("/work"))
              let status = await connection.readResponse().status
              if status == 200 { answered.append(status) }
              await connection.close()
            }
          }
        }
        _ = try? await answered.wait(count: 5)
        await server.shutdown(grace: .seconds(30))
        group.cancelAll()
      }
      #expect(answered.elements.count >= 5)
    }
  }

  @Test("a second start and a second stop do nothing but say so")
  func twice() async throws {
    let server = server(router { _ in .empty() })
    try server.start()
    #expect(throws: HTTPServerError.alreadyStarted) { try server.start() }
    await server.shutdown()
    await server.shutdown()
  }

  @Test("a port that is taken is named; once it is free the same server starts")
  func portTaken() async throws {
    let first = server(router { _ in .empty() })
    try first.start()
    let second = server(router { _ in .empty() }, port: first.port)
    #expect(throws: HTTPServerError.portTaken(host: "127.0.0.1", port: first.port)) { try second.start() }
    await first.shutdown()
    try second.start()
    #expect(try await exchange(second.port, get("/work")).status == 204)
    await second.shutdown()
  }

  @Test("routes that contradict each other stop the start, each with a sentence")
  func conflicts() async throws {
    var router = router { _ in .empty() }
    router.get("/work", Operation(id: "again", summary: "")) { _ in .empty() }
    router.get("/other", Operation(id: "work", summary: "")) { _ in .empty() }
    router.get("no-slash", Operation(id: "bad", summary: "")) { _ in .empty() }
    router.get("/a/{id}", Operation(id: "gets", summary: "", parameters: [.path("name")])) { _ in .empty() }
    router.post("/b", Operation(id: "refers", summary: "", requestBody: .ref("Nobody"))) { _ in .empty() }
    let error = #expect(throws: HTTPServerError.self) { try server(router).start() }
    guard case .invalidRoutes(let reasons)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reasons.count == 5)
    for word in ["registered twice", "used by two", "not a path template", "{name}", "Nobody"] {
      #expect(reasons.contains { $0.contains(word) }, "\(word): \(reasons)")
    }
  }
}
