import CMicroHTTPD
import Glibc
import Synchronization

/// What waits for one stream's client, bounded.
///
/// Tasks add to it; the connection's thread takes from it and lets the connection rest while there is nothing. Whoever
/// adds the first byte, or ends the stream, wakes the connection, once, under the lock.
final class StreamBuffer: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var start = 0
    /// Nothing more will be added.
    var isFinished = false
    /// The connection is gone.
    var isClosed = false
    var isResting = false
    /// Something was added since the last heartbeat.
    var wasAddedTo = false
    /// When the client last took something, or when there was nothing to take.
    var lastProgress = ContinuousClock.now
    var waiting: [(id: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var nextWaiter = 0

    var count: Int { bytes.count - start }
    var isOver: Bool { isFinished || isClosed }
  }

  /// Long enough to count as traffic: clients on libcurl measure in whole bytes a second, over five seconds.
  private static let heartbeat = Array(": heartbeat\n\n".utf8)

  /// What a heartbeat found.
  enum Beat { case goesOn, over, dropped }

  private let connection: ConnectionHandle
  private let socket: Int32
  private let limit: Int
  private let stallLimit: Duration
  private let state = Mutex(State())

  /// On the connection's thread.
  init(connection: ConnectionHandle, limit: Int, stallLimit: Duration) {
    self.connection = connection
    self.socket = roost_mhd_socket(connection.pointer)
    self.limit = limit
    self.stallLimit = stallLimit
  }

  /// Adds bytes; waits while there is no room. Throws when the stream is over or the task is cancelled.
  func add(_ bytes: [UInt8]) async throws(CancellationError) {
    while true {
      guard !Task.isCancelled else { throw CancellationError() }
      switch tryToAdd(bytes) {
      case true: return
      case nil: throw CancellationError()
      default: await waitForRoom()
      }
    }
  }

  /// Takes bytes on the connection's thread: how many; 0 when there are none and the connection rests now; nil at the
  /// end.
  func read(into destination: UnsafeMutableRawBufferPointer) -> Int? {
    let (taken, waiting) = state.withLock { state -> (Int?, [CheckedContinuation<Void, Never>]) in
      guard state.count > 0 else {
        if state.isOver { return (nil, []) }
        state.isResting = true
        connection.suspend()
        return (0, [])
      }
      let taken = min(state.count, destination.count)
      state.bytes.withUnsafeBytes { bytes in
        destination.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[state.start..<(state.start + taken)]))
      }
      state.start += taken
      if state.start == state.bytes.count {
        state.bytes.removeAll(keepingCapacity: state.bytes.capacity <= 64 * 1_024)
        state.start = 0
      }
      state.lastProgress = .now
      return (taken, state.count <= limit / 2 ? Self.takeWaiting(&state) : [])
    }
    for continuation in waiting { continuation.resume() }
    return taken
  }

  /// Sends a comment when nothing was sent since the last time; drops a client that takes nothing.
  func beat() -> Beat {
    let (beat, waiting) = state.withLock { state -> (Beat, [CheckedContinuation<Void, Never>]) in
      if state.isOver { return (.over, []) }
      if state.count > 0 {
        guard ContinuousClock.now - state.lastProgress >= stallLimit else { return (.goesOn, []) }
        state.isFinished = true
        // The connection waits for its socket to take more; only closing the socket gets it out of that.
        if socket >= 0 { Glibc.shutdown(socket, Int32(SHUT_RDWR)) }
        return (.dropped, Self.takeWaiting(&state))
      }
      if !state.wasAddedTo { append(Self.heartbeat, &state) }
      state.wasAddedTo = false
      return (.goesOn, [])
    }
    for continuation in waiting { continuation.resume() }
    return beat
  }

  /// Ends the stream after what waits, with a last comment. Without effect when it is over.
  func finish(comment: String? = nil) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard !state.isOver else { return [] }
      if let comment { append(Array(": \(comment)\n\n".utf8), &state) }
      state.isFinished = true
      wake(&state)
      return Self.takeWaiting(&state)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// The connection is gone; it is not touched from here on.
  func close() {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.isClosed = true
      state.isResting = false
      state.bytes = []
      state.start = 0
      return Self.takeWaiting(&state)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// True when added, false when there is no room, nil when the stream is over.
  private func tryToAdd(_ bytes: [UInt8]) -> Bool? {
    state.withLock { state in
      if state.isOver { return nil }
      // An event larger than the limit goes alone.
      guard state.count == 0 || state.count + bytes.count <= limit else { return false }
      append(bytes, &state)
      state.wasAddedTo = true
      return true
    }
  }

  private func append(_ bytes: [UInt8], _ state: inout State) {
    if state.count == 0 { state.lastProgress = .now }
    if state.start > limit / 2 {
      state.bytes.removeFirst(state.start)
      state.start = 0
    }
    state.bytes.append(contentsOf: bytes)
    wake(&state)
  }

  private func wake(_ state: inout State) {
    guard state.isResting else { return }
    state.isResting = false
    connection.resume()
  }

  private func waitForRoom() async {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mayGoOn = state.withLock { state in
          if state.isOver || state.count <= limit / 2 || Task.isCancelled { return true }
          state.waiting.append((id, continuation))
          return false
        }
        if mayGoOn { continuation.resume() }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
      }
      continuation?.resume()
    }
  }

  private static func takeWaiting(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    defer { state.waiting = [] }
    return state.waiting.map(\.continuation)
  }
}
