import Events
import Storage

/// Shares the outbox's virtual partitions among the relays of a service, each with a lease of its own.
///
/// A relay renews by counting up; the others see the count move. A lease is over when its count stood still for the
/// lease's duration by the uptime of the one who looks, so that no clock has to agree with another; or at once, when the
/// relay's process is known to have ended. Each claim raises the partition's fence.
///
/// One task uses it.
struct LeaseKeeper: Sendable {
  /// What a relay holds, and until when it may rely on it.
  struct Holding: Sendable, Equatable {
    /// The fence of each partition held.
    var fences: [Int: Int] = [:]
    /// The uptime up to which nobody else can have taken one.
    var validUntil = Duration.zero
    /// Whether other relays hold some.
    var isShared: Bool { fences.count < VirtualPartition.count }
  }

  static let duration = Duration.seconds(15)
  static let renewalInterval = Duration.seconds(5)

  /// This relay among all.
  let owner: String
  private let clock: any EventClock
  /// What was seen of the other relays: how far their count was, and since when it stands there.
  private var seen: [String: (renewal: Int64, since: Duration)] = [:]

  init(clock: any EventClock) {
    self.clock = clock
    owner = "\(ProcessIdentity.current.text)|\(EventID.make())"
  }

  /// Renews this relay's lease, ends those that ran out, and takes or gives back partitions so that each relay has an
  /// even share. Nothing of a partition may be under way when it is called.
  mutating func renew(_ database: any Database) async throws -> Holding {
    // Counted from before the write: the others may see it at any moment after.
    let start = clock.uptime()
    let time = clock.now().microsecondsSinceEpoch
    let others = try await database.read { [owner] tx in
      try tx.query("SELECT owner, renewal FROM leases WHERE owner <> ?", owner) {
        (owner: try $0.string(0), renewal: try $0.int64(1))
      }
    }
    var ended: [(owner: String, renewal: Int64)] = []
    var alive = 1
    for other in others {
      var isOver = ProcessIdentity(parsing: other.owner)?.isGone == true
      if let known = seen[other.owner], known.renewal == other.renewal {
        isOver = isOver || start - known.since >= Self.duration
      } else {
        // From when it was read, which is not before it was written.
        seen[other.owner] = (other.renewal, clock.uptime())
      }
      if isOver { ended.append(other) } else { alive += 1 }
    }
    let known = Set(others.map(\.owner))
    seen = seen.filter { known.contains($0.key) }
    let share = (VirtualPartition.count + alive - 1) / alive
    let fences = try await database.write { [owner, ended] tx in
      for other in ended {
        // Unless it has been renewed since.
        guard try tx.execute("DELETE FROM leases WHERE owner = ? AND renewal = ?", other.owner, other.renewal) == 1
        else { continue }
        try tx.execute("UPDATE leased_partitions SET owner = NULL WHERE owner = ?", other.owner)
      }
      try tx.execute(
        """
        INSERT INTO leases (owner, renewal, renewed_at) VALUES (?, 1, ?)
        ON CONFLICT (owner) DO UPDATE SET renewal = leases.renewal + 1, renewed_at = excluded.renewed_at
        """, owner, time)
      return try Self.balance(owner: owner, share: share, in: tx)
    }
    return Holding(fences: fences, validUntil: start + Self.duration)
  }

  private static func balance(owner: String, share: Int, in tx: Transaction) throws -> [Int: Int] {
    let held = try tx.first("SELECT count(*) FROM leased_partitions WHERE owner = ?", owner) { try $0.int(0) } ?? 0
    if held < share {
      try tx.execute(
        """
        UPDATE leased_partitions SET owner = ?, fence = fence + 1 WHERE owner IS NULL AND virtual_partition IN (
          SELECT virtual_partition FROM leased_partitions WHERE owner IS NULL ORDER BY virtual_partition LIMIT ?)
        """, owner, share - held)
    } else if held > share {
      try tx.execute(
        """
        UPDATE leased_partitions SET owner = NULL WHERE virtual_partition IN (
          SELECT virtual_partition FROM leased_partitions WHERE owner = ? ORDER BY virtual_partition DESC LIMIT ?)
        """, owner, held - share)
    }
    return try fences(of: owner, in: tx)
  }

  /// The partitions that a relay holds now, and their fences.
  static func fences(of owner: String, in tx: Transaction) throws -> [Int: Int] {
    let rows = try tx.query("SELECT virtual_partition, fence FROM leased_partitions WHERE owner = ?", owner) {
      (try $0.int(0), try $0.int(1))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Renews the lease while something is under way: nothing is taken and nothing given back. A lease that others have
  /// ended stays ended, and the next `renew` tells.
  func beat(_ database: any Database) async throws {
    let time = clock.now().microsecondsSinceEpoch
    try await database.write { [owner] tx in
      try tx.execute("UPDATE leases SET renewal = renewal + 1, renewed_at = ? WHERE owner = ?", time, owner)
    }
  }

  /// Gives everything back, so that another relay need not wait.
  func release(_ database: any Database) async throws {
    try await database.write { [owner] tx in
      try tx.execute("UPDATE leased_partitions SET owner = NULL WHERE owner = ?", owner)
      try tx.execute("DELETE FROM leases WHERE owner = ?", owner)
    }
  }
}
