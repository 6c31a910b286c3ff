import Messaging
import Storage
import Synchronization

/// Stores acknowledged positions, a little later and many at a time, since losing the last ones costs a redelivery
/// and nothing more.
final class PositionStore: Sendable {
  private let log: LogFile
  private let isScheduled = Mutex(false)

  init(log: LogFile) {
    self.log = log
  }

  /// Has the member's positions stored after the interval. Asking again meanwhile costs nothing.
  func schedule(_ member: EventLogSubscription) {
    let isFirst = isScheduled.withLock { isScheduled in
      defer { isScheduled = true }
      return !isScheduled
    }
    guard isFirst else { return }
    Task { [weak member, interval = log.configuration.storeInterval] in
      // Cancellation only makes it sooner.
      try? await Task.sleep(for: interval)
      isScheduled.withLock { $0 = false }
      if let member { await store(of: member) }
    }
  }

  /// Returns when what was acknowledged before is durable, or cannot be made so.
  /// - Parameter everything: Also of partitions that had no records, so that the next start finds less to look at.
  func store(of member: EventLogSubscription, everything: Bool = false) async {
    let updates = member.takePositions(everything: everything)
    do {
      let fenced = try await log.database.write { [log] tx in
        let tables = log.groups(in: tx)
        return try updates.filter { try !tables.store($0, group: member.group, member: member.id) }
      }
      let current = member.epochs
      member.lose(Set(fenced.filter { current[$0.slot] == $0.epoch }.map(\.slot)))
    } catch {
      member.restore(updates)
      if (error as? DatabaseError)?.kind != .closed, !updates.isEmpty { retry(member) }
    }
  }

  private func retry(_ member: EventLogSubscription) {
    Task { [weak member, interval = log.configuration.tickInterval] in
      try? await Task.sleep(for: interval)
      if let member { schedule(member) }
    }
  }
}
