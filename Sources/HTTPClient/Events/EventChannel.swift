import Synchronization

/// Between the transfer thread, which puts events in, and one reader, who takes them out.
///
/// Holds at most `capacity` events and those of one more piece of the answer: a full channel makes the transfer
/// pause, and the reader's progress makes it go on.
final class EventChannel: Sendable {
  typealias Next = Result<HTTPClientEvent?, HTTPClientError>

  private struct State {
    var events: [HTTPClientEvent] = []
    var taken = 0
    var reader: CheckedContinuation<Next, Never>?
    var end: Result<Void, HTTPClientError>?
    var isPaused = false
    var isOpen = false

    var count: Int { events.count - taken }

    mutating func take() -> HTTPClientEvent {
      defer {
        taken += 1
        if taken == events.count {
          events.removeAll(keepingCapacity: true)
          taken = 0
        }
      }
      return events[taken]
    }
  }

  private let capacity: Int
  private let onOpen: @Sendable () -> Void
  private let resume: @Sendable () -> Void
  private let state = Mutex(State())

  /// - Parameters:
  ///   - onOpen: Told once that the stream has begun.
  ///   - resume: Makes a paused transfer go on.
  init(
    capacity: Int = 256, onOpen: @escaping @Sendable () -> Void = {}, resume: @escaping @Sendable () -> Void
  ) {
    self.capacity = capacity
    self.onOpen = onOpen
    self.resume = resume
  }

  /// Whether the transfer must pause. Once it was told so, the reader resumes it.
  func mustPause() -> Bool {
    state.withLock { state in
      state.isPaused = state.count >= capacity && state.end == nil
      return state.isPaused
    }
  }

  /// The stream has begun.
  func open() {
    let isFirst = state.withLock { state in
      defer { state.isOpen = true }
      return !state.isOpen
    }
    if isFirst { onOpen() }
  }

  func send(_ events: [HTTPClientEvent]) {
    guard !events.isEmpty else { return }
    let woken = state.withLock { state -> (CheckedContinuation<Next, Never>, HTTPClientEvent)? in
      guard state.end == nil else { return nil }
      state.events.append(contentsOf: events)
      guard let reader = state.reader else { return nil }
      state.reader = nil
      return (reader, state.take())
    }
    if let (reader, event) = woken { reader.resume(returning: .success(event)) }
  }

  /// The first end counts; events that came before it are still read.
  func finish(_ end: Result<Void, HTTPClientError>) {
    let reader = state.withLock { state -> CheckedContinuation<Next, Never>? in
      guard state.end == nil else { return nil }
      state.end = end
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: end.map { nil })
  }

  func next() async -> Next {
    await withCheckedContinuation { continuation in
      let (now, mayResume) = state.withLock { state -> (Next?, Bool) in
        if state.count > 0 {
          let event = state.take()
          let mayResume = state.isPaused && state.count <= capacity / 2
          if mayResume { state.isPaused = false }
          return (.success(event), mayResume)
        }
        if let end = state.end { return (end.map { nil }, false) }
        state.reader = continuation
        return (nil, false)
      }
      if mayResume { resume() }
      if let now { continuation.resume(returning: now) }
    }
  }
}
