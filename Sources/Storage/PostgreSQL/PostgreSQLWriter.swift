import Glibc

/// The group commit: takes what is waiting, runs each transaction in a savepoint, and commits them as one.
///
/// Writers of one schema take turns, those of other processes too: a group holds the schema's advisory lock from its
/// begin to its commit, so that transactions run as if one after another. Lives on the writer thread alone.
struct PostgreSQLWriter {
  typealias Member = PostgreSQLGroup.Member

  /// Whoever was lost with a group as often as this runs by itself.
  static let lossesInGroup = 3

  /// How many groups have a savepoint for each transaction after one failed without.
  private static let cautiousGroups = 32

  private let queue: JobQueue
  private let sessions: PostgreSQLSessions
  private let configuration: PostgreSQLConfiguration
  private var connection: PostgreSQLConnection?
  /// Groups that are still to have savepoints. Failures come together: events that were handled before, a caller's bad
  /// requests. Where nothing fails, savepoints are two statements of five.
  private var groupsToCome = 0
  /// Groups that were begun.
  private var groups: Int64 = 0
  private var generator = SystemRandomNumberGenerator()

  init(_ connection: PostgreSQLConnection, of sessions: PostgreSQLSessions, queue: JobQueue) {
    self.connection = connection
    self.sessions = sessions
    self.queue = queue
    configuration = sessions.configuration
  }

  /// Works until the queue is closed and empty.
  mutating func run() {
    while let jobs = queue.take(upTo: configuration.groupLimit) {
      let deadline = ContinuousClock.now + configuration.waitLimit
      var waiting = jobs.map { Member(job: $0) }
      while !waiting.isEmpty { waiting = runGroup(waiting, until: deadline) }
    }
    connection = nil
  }

  /// - Returns: What has to run again.
  private mutating func runGroup(_ waiting: [Member], until deadline: ContinuousClock.Instant) -> [Member] {
    let isAlone = waiting.contains { $0.losses >= Self.lossesInGroup }
    var chosen = isAlone ? Array(waiting.prefix(1)) : waiting
    let rest = isAlone ? Array(waiting.dropFirst()) : []
    guard let open = begin(for: &chosen, until: deadline) else { return rest }
    let isCautious = groupsToCome > 0 || chosen.contains(where: \.isCareful)
    if chosen.count > 1 { groupsToCome = max(0, groupsToCome - 1) }
    groups += 1
    let mark = CommitMark(writerID: sessions.writerID, groupNumber: groups)
    var group = PostgreSQLGroup(chosen, on: open, mark: mark, isCautious: isCautious)
    switch group.run(within: configuration.groupDuration, putBack: queue.putBack) {
    case .finished: return rest
    case .undone:
      groupsToCome = Self.cautiousGroups
      return group.members.map { $0.isDone ? $0.claimed : $0 } + rest
    case .lost(let error):
      return again(group.members, after: error, until: deadline) + rest
    case .inDoubt(let error):
      return resolve(group.members, error, mark, until: deadline) + rest
    }
  }

  /// Those of the members that may have another try.
  private mutating func again(
    _ members: [Member], after error: DatabaseError, until deadline: ContinuousClock.Instant
  ) -> [Member] {
    if connection?.loss != nil { connection = nil }
    var kept: [Member] = []
    for var member in members {
      member.losses += 1
      if member.losses >= configuration.attempts || ContinuousClock.now >= deadline {
        member.fail(error)
      } else {
        kept.append(member.isDone ? member.claimed : member)
      }
    }
    if error.kind == .serializationFailure, let losses = kept.map(\.losses).max() {
      pause(.milliseconds(2 << min(losses, 7)))
    }
    return kept
  }

  /// Asks the server what became of a commit whose answer was lost. The lock is free once the transaction is over.
  private mutating func resolve(
    _ members: [Member], _ error: DatabaseError, _ mark: CommitMark, until deadline: ContinuousClock.Instant
  ) -> [Member] {
    connection = nil
    var members = members
    for index in members.indices where members[index].isDone { members[index].isInDoubt = true }
    guard let open = begin(for: &members, until: deadline) else { return [] }
    let hasCommitted = try? open.hasCommitted(mark)
    open.endTransaction()
    switch hasCommitted {
    case true?:
      for index in members.indices { members[index].succeed() }
      return []
    case false?:
      for index in members.indices { members[index].isInDoubt = false }
      return again(members, after: error, until: deadline)
    case nil:
      for index in members.indices { fail(&members[index], error) }
      return []
    }
  }

  private func fail(_ member: inout Member, _ error: DatabaseError) {
    guard member.isInDoubt else { return member.fail(error) }
    member.fail(
      DatabaseError(
        .commitInDoubt, "\(error.message); it is not known whether the transaction took effect", sql: error.sql))
  }

  // MARK: Beginning

  /// Connects when it must and takes the writers' lock, for as long as anybody waits for it.
  private mutating func begin(
    for members: inout [Member], until deadline: ContinuousClock.Instant
  ) -> PostgreSQLConnection? {
    var failures = 0
    while true {
      do throws(DatabaseError) {
        let open =
          if let connection { connection } else {
            try sessions.open(.writer, until: latestDeadline(members, deadline))
          }
        connection = open
        try open.beginWriting()
        return open
      } catch {
        if let open = connection, open.loss == nil { open.endTransaction() }
        if connection?.loss != nil { connection = nil }
        guard error.isPassing else {
          for index in members.indices { fail(&members[index], error) }
          return nil
        }
        failures += 1
        guard isWanted(&members, until: deadline, error) else { return nil }
        // A connection that was found dead is replaced at once; a server that is away is asked less and less often.
        if failures > 1 || error.kind == .busy { pause(.milliseconds(25 << min(failures, 5))) }
        guard isWanted(&members, until: deadline, error) else { return nil }
      }
    }
  }

  /// Gives up those whose time is over.
  /// - Returns: Whether anybody still waits.
  private func isWanted(
    _ members: inout [Member], until deadline: ContinuousClock.Instant, _ error: DatabaseError
  ) -> Bool {
    let now = ContinuousClock.now
    var isWanted = false
    for index in members.indices {
      let end = members[index].isClaimed ? deadline : members[index].job.deadline
      if end <= now {
        fail(&members[index], error)
      } else if members[index].isClaimed || members[index].job.isWaiting {
        isWanted = true
      }
    }
    return isWanted
  }

  private func latestDeadline(_ members: [Member], _ deadline: ContinuousClock.Instant) -> ContinuousClock.Instant {
    members.map { $0.isClaimed ? deadline : $0.job.deadline }.max() ?? deadline
  }

  /// Lets a server come back, or another transaction get by: nothing tells when. Half of the time is chance, so that
  /// those who lost together do not come together again.
  private mutating func pause(_ limit: Duration) {
    PostgreSQLSocket.pause(limit, using: &generator)
  }
}
