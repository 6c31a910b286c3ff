import HTTPServer
import RoostTesting
import Telemetry
import Testing

@Suite("Streams of events", .timeLimit(.minutes(5)))
struct StreamTests {
  private func router(_ stream: @escaping @Sendable (HTTPRequest) -> ServerSentEventStream) -> Router {
    var router = Router()
    router.get(
      "/events", Operation(id: "events", summary: "", parameters: [.header("Last-Event-ID")])
    ) { request in .events(stream(request)) }
    return router
  }

  @Test("an event has its id, its type and each line of its data, and nothing in them can end it early")
  func form() async throws {
    let router = router { request in
      ServerSentEventStream(retry: .seconds(2)) { send in
        try await send(ServerSentEvent(id: "7\n", event: "a\r\nb", data: "one\ntwo\r\nthree\rfour"))
        try await send(ServerSentEvent(data: request.lastEventID ?? ""))
      }
    }
    try await withServer(router) { port in
      let connection = try RawConnection(port: port)
      await connection.send(get("/events", headers: "Last-Event-ID: 41\r\nConnection: close\r\n"))
      let all = await connection.readToEnd()
      #expect(all.contains("Content-Type: text/event-stream"))
      #expect(
        all.contains("id: 7\nevent: ab\ndata: one\ndata: two\ndata: three\ndata: four\n\n"), "\(all)")
      #expect(all.contains("retry: 2000\n\n"))
      #expect(all.contains("data: 41\n\n"))
    }
  }

  @Test("a stream that has nothing to say sends a comment now and then")
  func heartbeat() async throws {
    let router = router { _ in
      ServerSentEventStream(heartbeat: .milliseconds(10)) { _ in try await Task.sleep(for: .seconds(3_600)) }
    }
    try await withServer(router) { port in
      let connection = try RawConnection(port: port)
      await connection.send(get("/events"))
      // The first comment opens the stream.
      _ = await connection.read(until: ":\n\n")
      // Five bytes or more: fewer are no traffic to a client that counts whole bytes a second over five seconds.
      #expect(await connection.read(until: ": heartbeat\n\n").contains(": heartbeat\n\n"))
      await connection.close()
    }
  }

  @Test("the source of a client that left is cancelled")
  func gone() async throws {
    let over = Recorder<Void>()
    let router = router { _ in
      ServerSentEventStream(heartbeat: .milliseconds(10)) { _ in
        defer { over.append(()) }
        try await Task.sleep(for: .seconds(3_600))
      }
    }
    try await withServer(router) { port in
      let connection = try RawConnection(port: port)
      await connection.send(get("/events"))
      _ = await connection.read(until: ":\n\n")
      await connection.close()
      try await over.wait(count: 1)
    }
  }

  @Test("a client that takes nothing holds its source back, and is dropped when it goes on so")
  func stalled() async throws {
    let sink = RecentLogSink()
    let sent = Recorder<Int>()
    let over = Recorder<Void>()
    let router = router { _ in
      ServerSentEventStream(
        heartbeat: .milliseconds(20), bufferLimit: 64 * 1_024, stallLimit: .milliseconds(100)
      ) { send in
        defer { over.append(()) }
        let event = ServerSentEvent(data: [UInt8](repeating: 0x61, count: 16 * 1_024))
        for number in 0..<100_000 {
          try await send(event)
          sent.append(number)
        }
      }
    }
    try await withServer(router, sink: sink) { port in
      let connection = try RawConnection(port: port, receiveBuffer: 4_096)
      await connection.send(get("/events"))
      try await over.wait(count: 1)
      #expect(sent.elements.count < 2_000, "more than the sockets' buffers was produced for nobody")
      await connection.close()
    }
    #expect(sink.recent.contains { $0.contains("was dropped") })
  }

  @Test("a stop ends every stream, and says so")
  func stop() async throws {
    let open = Recorder<Void>()
    let router = router { _ in
      ServerSentEventStream { _ in
        open.append(())
        try await Task.sleep(for: .seconds(3_600))
      }
    }
    let connection = try await withServer(router) { port in
      let connection = try RawConnection(port: port)
      await connection.send(get("/events"))
      try await open.wait(count: 1)
      return connection
    }
    #expect(await connection.readToEnd().contains(": the server stops\n\n"))
  }
}
