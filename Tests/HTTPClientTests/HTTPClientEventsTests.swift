import HTTPClient
import HTTPServer
import Synchronization
import Testing

@Suite("Streams of events over a socket", .timeLimit(.minutes(5)))
struct HTTPClientEventsTests {
  private func router(_ stream: ServerSentEventStream) -> Router {
    var router = Router()
    router.get("/events", Operation(id: "events", summary: "")) { _ in .events(stream) }
    return router
  }

  @Test("events come in order with id, type and data, and the sequence ends with the answer")
  func order() async throws {
    let stream = ServerSentEventStream { send in
      for number in 0..<1_000 {
        try await send(ServerSentEvent(id: "\(number)", event: "count.up", data: "line \(number)\nnext"))
      }
    }
    let events = try await withServer(router(stream)) { url in
      var events: [HTTPClientEvent] = []
      for try await event in HTTPClient.shared.events(from: HTTPClientRequest(url: url + "/events")) {
        events.append(event)
      }
      return events
    }
    #expect(
      events == (0..<1_000).map { HTTPClientEvent(id: "\($0)", event: "count.up", data: "line \($0)\nnext") })
  }

  @Test("a reader that does not read makes the server wait, and loses nothing")
  func backPressure() async throws {
    let sent = Atomic<Int>(0)
    let data = String(repeating: "x", count: 64 * 1024)
    let count = 600
    let stream = ServerSentEventStream { send in
      for number in 0..<count {
        try await send(ServerSentEvent(id: "\(number)", data: data))
        sent.store(number + 1, ordering: .relaxed)
      }
    }
    try await withServer(router(stream)) { url in
      var read = 0
      for try await event in HTTPClient.shared.events(from: HTTPClientRequest(url: url + "/events")) {
        #expect(event.id == "\(read)")
        #expect(event.data.utf8.count == data.utf8.count)
        read += 1
      }
      #expect(read == count)
      #expect(sent.load(ordering: .relaxed) == count)
    }
  }

  @Test("an answer that is no stream is an error that carries the answer")
  func refused() async throws {
    var router = Router()
    router.get("/events", Operation(id: "events", summary: "")) { _ in throw Problem.notFound("no such stream") }
    try await withServer(router) { url in
      let error = await #expect(throws: HTTPClientError.self) {
        for try await _ in HTTPClient.shared.events(from: HTTPClientRequest(url: url + "/events")) {}
      }
      #expect(error?.kind == .unexpectedAnswer)
      #expect(error?.response?.status == 404)
      #expect(error?.response?.text.contains(#""detail":"no such stream""#) == true)
    }
  }

  @Test("letting go of the events closes the connection")
  func release() async throws {
    let closed = Arrival()
    let stream = ServerSentEventStream(heartbeat: .milliseconds(20)) { send in
      defer { Task { await closed.arrive() } }
      try await send(ServerSentEvent(data: "first"))
      try await Task.sleep(for: .seconds(60))
    }
    try await withServer(router(stream)) { url in
      for try await event in HTTPClient.shared.events(from: HTTPClientRequest(url: url + "/events")) {
        #expect(event.data == "first")
        break
      }
      await closed.wait()
    }
  }

  @Test("cancelling the reading task ends a stream that is silent")
  func cancellation() async throws {
    let first = Arrival()
    let stream = ServerSentEventStream { send in
      try await send(ServerSentEvent(data: "first"))
      try await Task.sleep(for: .seconds(60))
    }
    try await withServer(router(stream)) { url in
      let reader = Task {
        for try await _ in HTTPClient.shared.events(from: HTTPClientRequest(url: url + "/events")) {
          await first.arrive()
        }
      }
      await first.wait()
      reader.cancel()
      let error = await #expect(throws: HTTPClientError.self) { try await reader.value }
      #expect(error?.kind == .cancelled)
    }
  }
}
