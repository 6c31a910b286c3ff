import CMicroHTTPD
import Glibc
import Synchronization

/// One request and its response.
///
/// The library's thread drives it through ``advance(method:piece:)`` and ``finish()``; the handler's task ends with
/// ``answer(_:)``. While the handler runs the connection rests, and is woken exactly once: by the one who moves the
/// phase on from `running`, under the lock. So a resume never meets a connection that is awake or freed.
final class Exchange: Sendable {
  private enum Phase {
    /// The request's line is known, its header fields are not yet.
    case arriving
    case reading
    /// The body was too large and the answer is written already; what still comes is thrown away.
    case refused(discarded: Int)
    /// The connection rests until the task, or the deadline, answers.
    case running(Task<Void, Never>?)
    case answered(HTTPResponse)
    case responding(StreamBuffer?, Task<Void, Never>?)
    case finished
  }

  private struct State {
    var phase = Phase.arriving
    var head: RequestHead?
    var route: ResolvedRoute?
    var body: [UInt8] = []
  }

  private let engine: RequestEngine
  private let connection: ConnectionHandle
  private let target: String
  private let state = Mutex(State())

  init(engine: RequestEngine, connection: ConnectionHandle, target: String) {
    self.engine = engine
    self.connection = connection
    self.target = target
  }

  /// Takes the next thing that the library has. On the connection's thread.
  ///
  /// - Parameters:
  ///   - method: The request's method.
  ///   - piece: A piece of the body; empty when the header fields are complete and when the request is.
  /// - Returns: False to close the connection at once.
  func advance(method: UnsafePointer<CChar>, piece: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      switch state.phase {
      case .arriving: return begin(&state, method)
      case .reading: return piece.isEmpty ? run(&state) : read(&state, piece)
      case .refused(let discarded):
        let total = discarded + piece.count
        state.phase = .refused(discarded: total)
        return !piece.isEmpty && total <= Self.discardLimit
      case .answered(let response): return respond(&state, response)
      case .running, .responding: return true
      case .finished: return false
      }
    }
  }

  /// The handler's answer; without effect when the deadline has answered before.
  func answer(_ response: HTTPResponse) {
    state.withLock { state in
      guard case .running = state.phase else { return }
      state.phase = .answered(response)
      connection.resume()
    }
  }

  /// Answers in the handler's place and cancels it. Without effect when no handler runs.
  func giveUp(_ response: HTTPResponse) {
    let task: Task<Void, Never>? = state.withLock { state in
      guard case .running(let task) = state.phase else { return nil }
      state.phase = .answered(response)
      connection.resume()
      return task
    }
    task?.cancel()
  }

  /// Ends the response if it is a stream.
  func endStream() {
    let stream: (StreamBuffer, Task<Void, Never>?)? = state.withLock { state in
      guard case .responding(let buffer?, let pump) = state.phase else { return nil }
      return (buffer, pump)
    }
    stream?.1?.cancel()
    stream?.0.finish(comment: "the server stops")
  }

  /// The library is done with it. On the connection's thread.
  func finish() {
    let pump: Task<Void, Never>? = state.withLock { state in
      defer { state.phase = .finished }
      guard case .responding(let buffer, let pump) = state.phase else { return nil }
      buffer?.close()
      return pump
    }
    pump?.cancel()
    engine.exchanges.remove(self)
  }

  /// How much of a body that was refused is read, so that the client gets to see the answer.
  private static let discardLimit = 4 << 20

  private func begin(_ state: inout State, _ method: UnsafePointer<CChar>) -> Bool {
    let head = RequestHead(connection: connection, method: method, target: target)
    state.head = head
    switch engine.admit(head) {
    case .admitted(let route):
      state.route = route
      if let length = head.contentLength { state.body.reserveCapacity(min(length, 64 * 1_024)) }
      state.phase = .reading
      return true
    case .refused(let response):
      engine.record(head, route: nil, response.status)
      return respond(&state, response)
    }
  }

  private func read(_ state: inout State, _ piece: UnsafeRawBufferPointer) -> Bool {
    guard state.body.count + piece.count > engine.configuration.bodyLimit else {
      state.body.append(contentsOf: piece)
      return true
    }
    state.body = []
    state.phase = .refused(discarded: 0)
    if let head = state.head { engine.record(head, route: state.route, .contentTooLarge) }
    writeRefusal()
    return true
  }

  /// The library takes no response in the middle of a body, so this one is written past it; the connection is closed
  /// afterwards.
  private func writeRefusal() {
    let socket = roost_mhd_socket(connection.pointer)
    guard socket >= 0 else { return }
    let body = engine.tooLarge.document.serialized()
    let head =
      "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    let bytes = Array(head.utf8) + body
    _ = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)) }
    Glibc.shutdown(socket, Int32(SHUT_WR))
  }

  private func run(_ state: inout State) -> Bool {
    guard let head = state.head, let route = state.route else { return false }
    let body = state.body
    state.body = []
    connection.suspend()
    engine.deadlines.add(self, from: head.arrival)
    let task = Task { [engine] in
      let response = await engine.handle(head, body, route)
      engine.deadlines.remove(self)
      self.answer(response)
    }
    state.phase = .running(task)
    return true
  }

  private func respond(_ state: inout State, _ response: HTTPResponse) -> Bool {
    let isHead = state.head?.method == .head
    guard case .stream(let stream) = response.body, !isHead else {
      state.phase = .responding(nil, nil)
      return ResponseQueue.queue(response, on: connection, closing: engine.exchanges.isDraining)
    }
    let buffer = StreamBuffer(connection: connection, limit: stream.bufferLimit, stallLimit: stream.stallLimit)
    guard ResponseQueue.queue(response, streaming: buffer, on: connection) else {
      state.phase = .responding(nil, nil)
      return false
    }
    let pump = Task { [engine] in await StreamPump(stream: stream, buffer: buffer, logger: engine.logger).run() }
    state.phase = .responding(buffer, pump)
    if engine.exchanges.isDraining {
      pump.cancel()
      buffer.finish(comment: "the server stops")
    }
    return true
  }
}
