import Messaging
import Storage

/// The tables of instances, members and leases. Every method runs inside one write transaction, which excludes all
/// other processes: what a pass reads is what it decides on.
struct GroupTables {
  struct Member {
    let id: Int64
    let group: String
    let topics: TopicSelection
  }

  private struct Row {
    let slot: Int
    let next: Int64
    let owner: Int64?
    let epoch: Int64
  }

  let tx: Transaction
  let partitions: Int32
  /// The date, in microseconds since 1970.
  let now: Int64

  // MARK: Instances

  func addInstance() throws -> Int64 {
    try tx.execute("INSERT INTO instances (heartbeat) VALUES (0)")
    return tx.lastInsertedID
  }

  /// - Returns: False when others took this instance for dead and removed it.
  func beat(_ instance: Int64) throws -> Bool {
    try tx.execute("UPDATE instances SET heartbeat = heartbeat + 1 WHERE id = ?", instance) > 0
  }

  func restoreInstance(_ instance: Int64) throws {
    try tx.execute("INSERT OR IGNORE INTO instances (id, heartbeat) VALUES (?, 1)", instance)
  }

  /// Removes an instance with its members; their partitions are free at once, and what they still store is refused.
  func removeInstance(_ instance: Int64) throws {
    try tx.execute("DELETE FROM instances WHERE id = ?", instance)
    try removeMembers(of: instance, except: [])
  }

  // MARK: Members

  func addMember(group: String, topics: TopicSelection, instance: Int64) throws -> Int64 {
    try tx.execute(
      "INSERT INTO members (instance_id, group_name, topics) VALUES (?, ?, ?)", instance, group, Self.text(of: topics))
    let id = tx.lastInsertedID
    try tx.execute(
      "INSERT INTO groups (name, active_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET active_at = excluded.active_at",
      group, now)
    try noteChange()
    return id
  }

  func restoreMember(_ member: Member, instance: Int64) throws {
    let added = try tx.execute(
      "INSERT OR IGNORE INTO members (id, instance_id, group_name, topics) VALUES (?, ?, ?, ?)",
      member.id, instance, member.group, Self.text(of: member.topics))
    if added > 0 { try noteChange() }
  }

  /// Removes the members of an instance that it no longer has. Their partitions are free at once.
  func removeMembers(of instance: Int64, except remaining: Set<Int64>) throws {
    let members = try tx.query("SELECT id, group_name FROM members WHERE instance_id = ?", instance) {
      (id: try $0.int64(0), group: try $0.string(1))
    }
    let gone = members.filter { !remaining.contains($0.id) }
    guard !gone.isEmpty else { return }
    for member in gone {
      try tx.execute("DELETE FROM members WHERE id = ?", member.id)
      try tx.execute("UPDATE groups SET active_at = ? WHERE name = ?", now, member.group)
    }
    try tx.execute(
      """
      UPDATE group_partitions SET owner = NULL, epoch = epoch + 1
      WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM members)
      """)
    try noteChange()
  }

  /// Counts the changes that other processes have to know of.
  func membership() throws -> Int64 {
    try tx.first("SELECT value FROM log_state WHERE name = 'membership'") { try $0.int64(0) } ?? 0
  }

  /// Tells the other processes to look at the groups again.
  func noteChange() throws {
    try tx.execute("UPDATE log_state SET value = value + 1 WHERE name = 'membership'")
  }

  // MARK: Positions

  /// Moves a stored position forward. The lease's epoch is the fence.
  /// - Returns: False when the lease is no longer the member's.
  func store(_ update: PositionUpdate, group: String, member: Int64) throws -> Bool {
    try tx.execute(
      """
      UPDATE group_partitions SET next_offset = max(next_offset, ?)
      WHERE group_name = ? AND topic_id = ? AND partition = ? AND owner = ? AND epoch = ?
      """, update.nextOffset, group, update.slot / Int(partitions), update.slot % Int(partitions), member,
      update.epoch) > 0
  }

  func release(_ update: PositionUpdate, group: String, member: Int64) throws {
    try tx.execute(
      """
      UPDATE group_partitions SET owner = NULL, epoch = epoch + 1
      WHERE group_name = ? AND topic_id = ? AND partition = ? AND owner = ? AND epoch = ?
      """, group, update.slot / Int(partitions), update.slot % Int(partitions), member, update.epoch)
  }

  // MARK: Leases

  /// Compares who holds the partitions of a group with who is to hold them.
  ///
  /// - Parameters:
  ///   - held: The leases that each member of this process believes to hold, as epochs by slot.
  ///   - topicNames: Every topic of the log.
  ///   - isOverdue: Whether the partition, wanted by a member of this process and held by another, has been waited for
  ///     long enough to be taken away.
  func decide(
    group: String, held: [Int64: [Int: Int64]], topicNames: [Int: String], isOverdue: (Int, Int64) -> Bool
  ) throws -> [Int64: LeaseChanges] {
    let targets = try targets(of: group, topicNames: topicNames)
    try addMissingPartitions(of: targets, group: group)
    let rows = try rows(of: group)
    var changes: [Int64: LeaseChanges] = held.mapValues { _ in LeaseChanges() }
    var current: [Int: Row] = [:]
    for row in rows { current[row.slot] = row }
    for (member, leases) in held {
      for (slot, epoch) in leases where current[slot]?.owner != member || current[slot]?.epoch != epoch {
        changes[member]?.lost.insert(slot)
      }
    }
    for row in rows {
      let target = targets[row.slot]
      if let owner = row.owner, let leases = held[owner] {
        if leases[row.slot] != row.epoch {
          // The grant was durable but its holder never learnt of it: start over.
          let epoch = try hand(row, of: group, to: target == owner ? owner : nil)
          if target == owner { changes[owner]?.granted.append(lease(row, epoch)) } else { try noteChange() }
        } else if target != owner {
          if let target, isOverdue(row.slot, row.epoch) {
            changes[owner]?.lost.insert(row.slot)
            try take(row, of: group, for: target, into: &changes)
          } else {
            changes[owner]?.recalled.insert(row.slot)
          }
        }
      } else if let target, held[target] != nil, target != row.owner {
        if row.owner == nil || isOverdue(row.slot, row.epoch) {
          try take(row, of: group, for: target, into: &changes)
        }
      }
    }
    return changes
  }

  private func take(_ row: Row, of group: String, for target: Int64, into changes: inout [Int64: LeaseChanges]) throws {
    guard changes[target] != nil else {
      _ = try hand(row, of: group, to: nil)
      return try noteChange()
    }
    let epoch = try hand(row, of: group, to: target)
    changes[target]?.granted.append(lease(row, epoch))
    if row.owner != nil { try noteChange() }
  }

  private func lease(_ row: Row, _ epoch: Int64) -> PartitionLease {
    PartitionLease(slot: row.slot, epoch: epoch, nextOffset: row.next)
  }

  private func hand(_ row: Row, of group: String, to owner: Int64?) throws -> Int64 {
    try tx.execute(
      "UPDATE group_partitions SET owner = ?, epoch = ? WHERE group_name = ? AND topic_id = ? AND partition = ?",
      owner, row.epoch + 1, group, row.slot / Int(partitions), row.slot % Int(partitions))
    return row.epoch + 1
  }

  /// By slot, the member that is to hold it.
  private func targets(of group: String, topicNames: [Int: String]) throws -> [Int: Int64] {
    let members = try tx.query("SELECT id, topics FROM members WHERE group_name = ? ORDER BY id", group) { row in
      RangeAssignment.Member(id: try row.int64(0), topics: Self.selection(of: try row.optionalString(1)))
    }
    let assignment = RangeAssignment(members: members, partitions: partitions)
    var targets: [Int: Int64] = [:]
    for (id, name) in topicNames {
      for (partition, owner) in assignment.owners(of: name).enumerated() {
        targets[id * Int(partitions) + partition] = owner
      }
    }
    return targets
  }

  private func addMissingPartitions(of targets: [Int: Int64], group: String) throws {
    let there = Set(
      try tx.query("SELECT DISTINCT topic_id FROM group_partitions WHERE group_name = ?", group) { try $0.int(0) })
    for topic in Set(targets.keys.map { $0 / Int(partitions) }).subtracting(there) {
      for partition in 0..<Int(partitions) {
        try tx.execute(
          "INSERT INTO group_partitions (group_name, topic_id, partition) VALUES (?, ?, ?)", group, topic, partition)
      }
    }
  }

  private func rows(of group: String) throws -> [Row] {
    try tx.query(
      "SELECT topic_id, partition, next_offset, owner, epoch FROM group_partitions WHERE group_name = ?", group
    ) { row in
      Row(
        slot: try row.int(0) * Int(partitions) + row.int(1), next: try row.int64(2), owner: try row.optionalInt64(3),
        epoch: try row.int64(4))
    }
  }

  // MARK: Topic selections as text

  private static func text(of topics: TopicSelection) -> String? {
    switch topics {
    case .all: nil
    case .named(let names): names.sorted().joined(separator: ",")
    }
  }

  private static func selection(of text: String?) -> TopicSelection {
    guard let text else { return .all }
    return .named(Set(text.split(separator: ",").map(String.init)))
  }
}
