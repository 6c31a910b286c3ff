import Messaging
import Storage

extension EventLogTransport {
  /// Looks for what other processes appended or changed, and wakes those whom it concerns. While one look is under way,
  /// any number of calls are one more.
  func look() async {
    let starts = state.withLock { state in
      guard !state.isClosed else { return false }
      defer { state.look = state.look == .none ? .running : .again }
      return state.look == .none
    }
    guard starts else { return }
    repeat { await lookOnce() } while needsAnotherLook()
  }

  private func lookOnce() async {
    await coordinator.check()
    let known = log.recent.knownEnd
    // When it cannot be read now, the next tick tries again.
    _ = try? await readEnd()
    if log.recent.knownEnd != known { wake(nil) }
  }

  private func needsAnotherLook() -> Bool {
    state.withLock { state in
      defer { state.look = state.look == .again && !state.isClosed ? .running : .none }
      return state.look == .again && !state.isClosed
    }
  }

  /// Once a tick: `look`, and now and then what is old is removed.
  func tick() async {
    await look()
    let isDue = state.withLock { state in
      state.ticks &+= 1
      return state.ticks % 60 == 0
    }
    if isDue { _ = try? await removeOldRecords() }
  }

  /// Removes what is too old or too much now; a tick does so every minute.
  @discardableResult
  func removeOldRecords() async throws -> Int {
    try await LogRetention(
      database: log.database, configuration: log.configuration, partitions: log.partitions
    ).run()
  }

  func readEnd() async throws {
    let end = try await log.database.read { tx in
      try tx.first("SELECT max(offset) FROM events") { try $0.optionalInt64(0) }.flatMap { $0 } ?? 0
    }
    log.recent.note(end: end)
  }

  /// - Parameter topics: What was appended to; `nil` when that is not known.
  func wake(_ topics: Set<String>?) {
    for member in coordinator.members where Self.concerns(member.member.topics, topics) { member.signal.signal() }
    for tail in state.withLock({ Array($0.tails.values) }) where Self.concerns(tail.topics, topics) {
      tail.signal.signal()
    }
  }

  private static func concerns(_ selection: TopicSelection, _ topics: Set<String>?) -> Bool {
    guard let topics, case .named(let names) = selection else { return true }
    return !names.isDisjoint(with: topics)
  }
}
