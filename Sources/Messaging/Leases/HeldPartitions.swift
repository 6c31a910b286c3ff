import Synchronization

/// The virtual partitions that a service's relay in this process holds at present: written by the relay, read by whoever
/// does work that one process of the service is to do at a time.
///
/// Any task may use it.
final class HeldPartitions: Sendable {
  private let holding = Mutex(LeaseKeeper.Holding())

  func set(_ holding: LeaseKeeper.Holding) {
    self.holding.withLock { $0 = holding }
  }

  func contains(_ partition: Int, at uptime: Duration) -> Bool {
    holding.withLock { $0.fences[partition] != nil && uptime < $0.validUntil }
  }
}
