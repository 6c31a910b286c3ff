import Messaging
import Storage
import Synchronization

/// Keeps the members of this process in their groups: joins, leaves, passes partitions on, notices other processes.
///
/// There is no leader: each process computes the same assignment inside a write transaction and takes what is free of
/// its members' share, or asks its members to give up what is others'. One pass runs at a time.
final class GroupCoordinator: Sendable {
  private struct State {
    var members: [Int64: EventLogSubscription] = [:]
    var seenMembership: Int64 = -1
    /// Other instances, with their last heartbeat and when it was first seen.
    var others: [Int64: (heartbeat: Int64, since: Duration)] = [:]
    /// Partitions that a member here waits for while somebody else holds them, and since when.
    var wanted: [Wanted: Duration] = [:]
    var lastBeat = Duration.zero
    var queue: Task<Void, Never>?
    /// Revocations that could not be written, to be tried again.
    var unfinished: [Int64: Set<TopicPartition>] = [:]
    /// The last pass failed.
    var needsPass = false
    var pendingChecks = 0
  }

  private struct Wanted: Hashable {
    let group: String
    let slot: Int
    let epoch: Int64
  }

  let instance: Int64
  private let log: LogFile
  private let state = Mutex(State())

  init(instance: Int64, log: LogFile) {
    self.instance = instance
    self.log = log
  }

  /// The subscriptions of this process.
  var members: [EventLogSubscription] { state.withLock { Array($0.members.values) } }

  /// Whether another process, or another transport in this one, has the log open.
  var hasOthers: Bool { state.withLock { !$0.others.isEmpty } }

  func join(group: String, topics: TopicSelection) async throws -> EventLogSubscription {
    let joined: Result<EventLogSubscription, any Error> = await serially { [self] in
      do {
        let member = try await add(group: group, topics: topics)
        await pass()
        return .success(member)
      } catch {
        return .failure(error)
      }
    }
    let member = try joined.get()
    log.ring()
    member.announceEmptyShare()
    return member
  }

  private func add(group: String, topics: TopicSelection) async throws -> EventLogSubscription {
    let id = try await log.database.write { [instance, log] tx in
      let tables = log.groups(in: tx)
      if case .named(let names) = topics {
        // Made now, so that their partitions are shared out before the first record comes.
        for name in names.sorted() { _ = try log.topics.findOrCreate(name, in: tx, created: tables.noteChange) }
      }
      return try tables.addMember(group: group, topics: topics, instance: instance)
    }
    let member = EventLogSubscription(
      member: GroupTables.Member(id: id, group: group, topics: topics), log: log, coordinator: self)
    state.withLock { $0.members[id] = member }
    return member
  }

  /// Removes a member whose positions are stored. When that cannot be written now, a later pass does it.
  func leave(_ member: EventLogSubscription) async {
    state.withLock { _ = $0.members.removeValue(forKey: member.id) }
    await synchronise()
  }

  /// Stores the positions of recalled partitions and gives them up.
  func complete(_ names: Set<TopicPartition>, of member: EventLogSubscription) async {
    await serially { [self, log] in
      let released = member.recalledLeases(names)
      guard !released.isEmpty else { return }
      do {
        try await log.database.write { tx in
          let tables = log.groups(in: tx)
          for lease in released {
            _ = try tables.store(lease, group: member.group, member: member.id)
            try tables.release(lease, group: member.group, member: member.id)
          }
          try tables.noteChange()
        }
        member.release(released)
        log.ring()
      } catch {
        // Until it succeeds the lease stays; in the end it is taken away.
        state.withLock { $0.unfinished[member.id, default: []].formUnion(names) }
      }
      await pass()
    }
  }

  /// Leaves with every member, and takes the instance away.
  func close() async {
    await serially { [log, instance] in
      // What cannot be written now is seen by others all the same: the instance's lock ends.
      _ = try? await log.database.write { tx in try log.groups(in: tx).removeInstance(instance) }
    }
    log.ring()
  }

  // MARK: Passes

  /// Looks for what other processes did; cheap when they did nothing. Called at each bell and each tick.
  func check() async {
    let isNeeded = state.withLock { state in
      guard state.pendingChecks < 2 else { return false }
      state.pendingChecks += 1
      return true
    }
    guard isNeeded else { return }
    await serially { [self] in
      state.withLock { $0.pendingChecks -= 1 }
      await lookAround()
    }
  }

  /// One pass over the groups of this process's members.
  func synchronise() async {
    await serially { [self] in await pass() }
  }

  private struct Surroundings: Sendable {
    let membership: Int64
    let instances: [(id: Int64, heartbeat: Int64)]
  }

  private func lookAround() async {
    guard
      let seen = try? await log.database.read({ [log] tx in
        Surroundings(
          membership: try log.groups(in: tx).membership(),
          instances: try tx.query("SELECT id, heartbeat FROM instances") { (try $0.int64(0), try $0.int64(1)) })
      })
    else { return }
    let now = log.configuration.clock.uptime()
    let isListed = seen.instances.contains { $0.id == instance }
    let (dead, beats, changed) = state.withLock { state in
      var others: [Int64: (heartbeat: Int64, since: Duration)] = [:]
      for other in seen.instances where other.id != instance {
        let known = state.others[other.id]
        others[other.id] = known?.heartbeat == other.heartbeat ? known : (other.heartbeat, now)
      }
      state.others = others
      let timeout = log.configuration.sessionTimeout
      let dead = others.filter { now - $0.value.since >= timeout }.map(\.key)
      let beats = !others.isEmpty && now - state.lastBeat >= timeout / 5
      if beats { state.lastBeat = now }
      return (dead, beats, seen.membership != state.seenMembership || !state.wanted.isEmpty || state.needsPass)
    }
    let ended = seen.instances.map(\.id).filter { $0 != instance && !log.instances.isAlive($0) }
    if beats || !isListed { await beat() }
    let gone = Set(dead + ended)
    if !gone.isEmpty { await remove(gone) }
    if changed || !gone.isEmpty || !isListed { await pass() }
    let (members, unfinished) = state.withLock { state in
      defer { state.unfinished = [:] }
      return (state.members, state.unfinished)
    }
    for (id, names) in unfinished {
      if let member = members[id] { Task { await complete(names, of: member) } }
    }
  }

  private func beat() async {
    let members = state.withLock { Array($0.members.values) }
    _ = try? await log.database.write { [instance, log] tx in
      let tables = log.groups(in: tx)
      guard try !tables.beat(instance) else { return }
      // Taken for dead while this process stood still: come back, without what was held.
      try tables.restoreInstance(instance)
      for member in members { try tables.restoreMember(member.member, instance: instance) }
    }
  }

  private func remove(_ instances: Set<Int64>) async {
    _ = try? await log.database.write { [log] tx in
      let tables = log.groups(in: tx)
      for instance in instances { try tables.removeInstance(instance) }
    }
    state.withLock { state in instances.forEach { state.others[$0] = nil } }
  }

  private func pass() async {
    let members = state.withLock { $0.members }
    let groups = Dictionary(grouping: members.values, by: \.group)
    let waits = state.withLock { $0.wanted }
    let now = log.configuration.clock.uptime()
    let timeout = log.configuration.revocationTimeout
    let stillWanted = Mutex<Set<Wanted>>([])
    guard
      let (before, after, changes) = try? await log.database.write({ [log, instance] tx in
        try log.topics.refresh(in: tx)
        let tables = log.groups(in: tx)
        let before = try tables.membership()
        try tables.removeMembers(of: instance, except: Set(members.keys))
        var changes: [Int64: LeaseChanges] = [:]
        for (group, members) in groups {
          let held = Dictionary(uniqueKeysWithValues: members.map { ($0.id, $0.epochs) })
          let decided = try tables.decide(group: group, held: held, topicNames: log.topics.names) { slot, epoch in
            let wanted = Wanted(group: group, slot: slot, epoch: epoch)
            stillWanted.withLock { _ = $0.insert(wanted) }
            return waits[wanted].map { now - $0 >= timeout } ?? false
          }
          changes.merge(decided) { first, _ in first }
        }
        return (before, try tables.membership(), changes)
      })
    else { return state.withLock { $0.needsPass = true } }
    if before != after { log.ring() }
    let wanted = stillWanted.withLock { $0 }
    state.withLock { state in
      state.seenMembership = after
      state.needsPass = false
      state.wanted = Dictionary(uniqueKeysWithValues: wanted.map { ($0, state.wanted[$0] ?? now) })
    }
    for (id, change) in changes where !change.isEmpty { members[id]?.apply(change) }
  }

  /// One after the other, in the order of the calls.
  private func serially<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    let task = state.withLock { state in
      let previous = state.queue
      let task = Task {
        await previous?.value
        return await body()
      }
      state.queue = Task { _ = await task.value }
      return task
    }
    return await task.value
  }
}
