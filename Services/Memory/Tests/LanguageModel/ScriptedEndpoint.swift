import RoostTesting
import RuntimeHost
import Synchronization

@testable import MemoryService

/// An OpenAI-compatible endpoint that plays a script: a reply for each call, the last one for all further calls.
final class ScriptedEndpoint: Sendable {
  enum Reply: Sendable {
    /// The model writes this.
    case writes(String, finish: String = "stop")
    case says(HTTPResponse)
    /// Says nothing until the endpoint is closed.
    case hangs
    /// Says that once the gate is opened.
    indirect case waits(Gate, then: Reply)
    /// What the reply is depends on the request.
    case depends(@Sendable (JSONValue) -> Reply)
  }

  /// One request as it came.
  struct Call: Sendable {
    let body: JSONValue
    let authorization: String?

    /// The form in which the answer is asked for.
    var format: String? { body["response_format"]?["type"]?.stringValue }
  }

  private struct State {
    var replies: [Reply]
    var calls: [Call] = []
  }

  private let state: Mutex<State>
  private let arrivals = Signal()
  private let end = Gate()

  init(_ replies: [Reply]) { state = Mutex(State(replies: replies)) }

  /// Runs the endpoint while the closure runs, which gets its address.
  static func run<Value>(
    _ replies: Reply..., isolation: isolated (any Actor)? = #isolation,
    _ body: (ScriptedEndpoint, String) async throws -> Value
  ) async throws -> Value {
    try await run(script: replies, body)
  }

  static func run<Value>(
    script replies: [Reply], isolation: isolated (any Actor)? = #isolation,
    _ body: (ScriptedEndpoint, String) async throws -> Value
  ) async throws -> Value {
    let endpoint = ScriptedEndpoint(replies)
    var router = Router()
    router.post("/v1/chat/completions", Operation(id: "chat", summary: "", requestBody: .any)) { request in
      await endpoint.answer(try request.json(), request.headers["authorization"])
    }
    let logger = Logger(label: "endpoint") { _ in JSONLinesLogHandler(sink: RecentLogSink(), level: .error) }
    let server = HTTPServer(
      configuration: HTTPServerConfiguration(port: 0), router: router, logger: logger, metrics: MetricsRegistry())
    try server.start()
    do {
      let value = try await body(endpoint, "http://127.0.0.1:\(server.port)")
      endpoint.end.open()
      await server.shutdown(grace: .seconds(5))
      return value
    } catch {
      endpoint.end.open()
      await server.shutdown(grace: .zero)
      throw error
    }
  }

  var calls: [Call] { state.withLock { $0.calls } }

  /// Returns when so many calls have come.
  func waitForCalls(_ count: Int) async {
    while calls.count < count, !Task.isCancelled { await arrivals.wait() }
  }

  private func answer(_ body: JSONValue, _ authorization: String?) async -> HTTPResponse {
    let reply = state.withLock { state in
      state.calls.append(Call(body: body, authorization: authorization))
      return state.replies.count > 1 ? state.replies.removeFirst() : state.replies[0]
    }
    arrivals.send()
    return await response(reply, to: body)
  }

  private func response(_ reply: Reply, to body: JSONValue) async -> HTTPResponse {
    switch reply {
    case .writes(let text, let finish): return Self.completion(text, finish: finish)
    case .says(let response): return response
    case .hangs:
      await end.wait()
      return HTTPResponse(status: .serviceUnavailable)
    case .waits(let gate, let then):
      await gate.wait()
      return await response(then, to: body)
    case .depends(let make): return await response(make(body), to: body)
    }
  }

  static func completion(_ text: String, finish: String = "stop") -> HTTPResponse {
    .json([
      "id": "chatcmpl-1", "object": "chat.completion",
      "choices": [
        ["index": 0, "finish_reason": .string(finish), "message": ["role": "assistant", "content": .string(text)]]
      ],
      "usage": ["prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120],
    ])
  }
}

extension ScriptedEndpoint.Reply {
  static func status(_ status: HTTPStatus, _ headers: [String: String] = [:], error: String = "no") -> Self {
    var response = HTTPResponse.json(["error": ["message": .string(error)]], status: status)
    for (name, value) in headers { response.headers.append(name, value) }
    return .says(response)
  }

  /// Refuses requests that ask for the answer in one of these forms.
  static func refusing(_ formats: Set<String>, else reply: Self) -> Self {
    .depends { body in
      let format = body["response_format"]?["type"]?.stringValue ?? "text"
      return formats.contains(format)
        ? .status(.badRequest, error: "response_format of type \(format) is not supported") : reply
    }
  }
}

/// A door that is opened once.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.resume() }
  }
}
