import Synchronization

/// Collects what happens on other tasks, and lets a test wait for it: by a signal, never by sleeping.
///
/// Any task may append and wait. A wait ends as soon as its condition holds, or throws `TimedOut` at its deadline.
public final class Recorder<Element: Sendable>: Sendable {
  private struct Waiter {
    let id: Int
    let condition: @Sendable ([Element]) -> Bool
    let continuation: CheckedContinuation<[Element], any Error>
  }

  private struct State {
    var elements: [Element] = []
    var waiters: [Waiter] = []
    var nextWaiter = 0
  }

  private let state = Mutex(State())

  public init() {}

  public var elements: [Element] { state.withLock { $0.elements } }

  public func append(_ element: Element) {
    append(contentsOf: CollectionOfOne(element))
  }

  public func append(contentsOf elements: some Sequence<Element>) {
    let (satisfied, all) = state.withLock { state in
      state.elements.append(contentsOf: elements)
      let all = state.elements
      let satisfied = state.waiters.filter { $0.condition(all) }
      let ids = Set(satisfied.map(\.id))
      state.waiters.removeAll { ids.contains($0.id) }
      return (satisfied, all)
    }
    for waiter in satisfied { waiter.continuation.resume(returning: all) }
  }

  /// Waits until the condition holds for everything collected so far. The limit is there to end a test that hangs, and
  /// far beyond what a busy machine takes.
  @discardableResult
  public func wait(
    for what: String, timeout: Duration = .seconds(180), until condition: @escaping @Sendable ([Element]) -> Bool
  ) async throws -> [Element] {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let deadline = Task {
      try await Task.sleep(for: timeout)
      expire(id, what: what)
    }
    defer { deadline.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
      let found: [Element]? = state.withLock { state in
        if condition(state.elements) { return state.elements }
        state.waiters.append(Waiter(id: id, condition: condition, continuation: continuation))
        return nil
      }
      if let found { continuation.resume(returning: found) }
    }
  }

  /// Waits for a number of elements, at least.
  @discardableResult
  public func wait(count: Int, timeout: Duration = .seconds(180)) async throws -> [Element] {
    try await wait(for: "\(count) elements", timeout: timeout) { $0.count >= count }
  }

  private func expire(_ id: Int, what: String) {
    let (waiter, seen) = state.withLock { state -> (Waiter?, Int) in
      guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return (nil, 0) }
      return (state.waiters.remove(at: index), state.elements.count)
    }
    waiter?.continuation.resume(throwing: TimedOut(waitedFor: what, seen: seen))
  }
}

/// A wait that did not end within its deadline.
public struct TimedOut: Error, CustomStringConvertible {
  public let waitedFor: String
  /// How many elements there were when time was up.
  public let seen: Int

  public var description: String { "timed out waiting for \(waitedFor); there were \(seen)" }
}
