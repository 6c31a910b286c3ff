/// Transactions on their way to one commit. Several have each a savepoint of its own, or none has: then a failure of one
/// undoes them all, and they run again with savepoints.
///
/// What a transaction leaves unanswered travels with the next one's statements, so one may turn out to have failed while
/// a later one runs: that one ran on nothing then, and runs again. Lives on the writer thread alone.
struct PostgreSQLGroup {
  typealias Hook = @Sendable () -> Void

  enum End {
    /// Every member has its outcome, or waits in the queue again.
    case finished
    /// Nothing took effect: the members that are left have to run again.
    case lost(DatabaseError)
    /// One of several failed without savepoints, which cost the others: nothing took effect, and all have to run again.
    case undone
    /// The connection went away during the commit of the members that are left.
    case inDoubt(DatabaseError)
  }

  struct Member {
    enum Phase {
      case waiting
      /// Its caller can no longer leave; it is to be run.
      case claimed
      /// Has run, and is durable with the commit.
      case done([Hook])
      /// Its caller has an outcome, or was gone.
      case finished
    }

    let job: any DatabaseJob
    var phase = Phase.waiting
    /// Whether an error ends a statement alone, since the closure goes on after one.
    var isCareful = false
    /// Whether it may have taken effect.
    var isInDoubt = false
    /// Times that it was lost with its group.
    var losses = 0

    var isClaimed: Bool {
      switch phase {
      case .claimed, .done: true
      case .waiting, .finished: false
      }
    }

    var isFinished: Bool { if case .finished = phase { true } else { false } }

    var isDone: Bool { if case .done = phase { true } else { false } }

    /// The same, to be run again.
    var claimed: Member {
      var member = self
      member.phase = .claimed
      return member
    }

    /// Gives the caller an error.
    mutating func fail(_ error: any Error) {
      if isClaimed { job.fail(error) } else { job.giveUp(error) }
      phase = .finished
    }

    /// Tells the caller that it is durable.
    mutating func succeed() {
      guard case .done(let hooks) = phase else { return }
      for hook in hooks { hook() }
      job.succeed()
      phase = .finished
    }
  }

  /// Statements of no member: those that begin and end the group.
  static let nobody = -1

  private(set) var members: [Member]
  private let connection: PostgreSQLConnection
  private let mark: CommitMark
  private let hasSavepoints: Bool
  private var isCommitting = false
  private var isUndone = false

  /// - Parameters:
  ///   - mark: What its commit is known by.
  ///   - isCautious: Whether a failure of one of several is to cost the others nothing.
  init(_ members: [Member], on connection: PostgreSQLConnection, mark: CommitMark, isCautious: Bool) {
    self.members = members
    self.connection = connection
    self.mark = mark
    hasSavepoints = members.count > 1 && isCautious
  }

  /// Whether a member can be undone without the others.
  private var isSeparable: Bool { hasSavepoints || members.count == 1 }

  /// Runs the members, from the begin of their transaction on, and commits.
  /// - Parameter putBack: Takes those that are not begun when the group's time is over.
  mutating func run(within duration: Duration, putBack: ([any DatabaseJob]) -> Void) -> End {
    let end = ContinuousClock.now + duration
    var position = 0
    do throws(DatabaseError) {
      while true {
        while position < members.count {
          if position > 0, !members[position].isClaimed, ContinuousClock.now > end {
            putBack(members[position...].map(\.job))
            members.removeSubrange(position...)
          } else {
            position = try runMember(at: position)
          }
        }
        guard let next = try commit() else { return .finished }
        position = next
      }
    } catch {
      members.removeAll(where: \.isFinished)
      if let loss = connection.loss { return isCommitting ? .inDoubt(loss) : .lost(error) }
      connection.endTransaction()
      return isUndone ? .undone : .lost(error)
    }
  }

  /// - Returns: Who is next.
  /// - Throws: What costs the whole transaction.
  private mutating func runMember(at position: Int) throws(DatabaseError) -> Int {
    guard members[position].isClaimed || members[position].job.claim() else {
      members[position].phase = .finished
      return position + 1
    }
    members[position].phase = .claimed
    connection.job = position
    connection.isCareful = false
    var thrown: (any Error)?
    var hooks: [Hook] = []
    do throws(DatabaseError) {
      if members[position].isCareful { try connection.synchronize() }
      if hasSavepoints { try connection.control("SAVEPOINT roost_job") }
      connection.isCareful = members[position].isCareful
      (thrown, hooks) = connection.runClosure(of: members[position].job)
      connection.isCareful = false
      guard connection.failure == nil, connection.loss == nil else { throw connection.refusal }
      if thrown == nil, hasSavepoints { try connection.control("RELEASE roost_job") }
    } catch {
      guard connection.loss == nil, let failure = connection.failure else { throw error }
      return try recover(from: failure, thrown: thrown, at: position)
    }
    guard let thrown else {
      members[position].phase = .done(hooks)
      return position + 1
    }
    guard isSeparable else { throw undo() }
    if hasSavepoints {
      try connection.rollBack("ROLLBACK TO roost_job")
      try connection.control("RELEASE roost_job")
    }
    members[position].fail(thrown)
    return position + 1
  }

  /// Notes that the failure of one is to undo them all.
  /// - Returns: What is thrown to that end; nobody is told of it.
  private mutating func undo() -> DatabaseError {
    isUndone = true
    return DatabaseError(.other, "another transaction of the group failed")
  }

  /// Undoes the transaction whose statement failed, and it alone.
  private mutating func recover(
    from failure: PostgreSQLFailure, thrown: (any Error)?, at position: Int
  ) throws(DatabaseError) -> Int {
    let culprit = failure.job
    guard members.indices.contains(culprit), !failure.endsTransaction else { throw failure.error }
    guard isSeparable else { throw undo() }
    let goesOn = failure.deferredError == nil && (failure.wasPassedOver || thrown == nil)
    if goesOn, culprit == position, !members[position].isCareful {
      // On an engine where an error ends a statement alone it would have gone on: so it does here, the second time.
      members[position].isCareful = true
      guard hasSavepoints else { throw failure.error }
    } else {
      members[culprit].fail(failure.deferredError ?? thrown ?? failure.error)
    }
    if hasSavepoints {
      try connection.rollBack("ROLLBACK TO roost_job")
      try connection.control("RELEASE roost_job")
      try connection.synchronize()
    }
    // Those behind it were skipped by the server.
    for index in members.indices where index > culprit && members[index].isDone { members[index].phase = .claimed }
    return members[culprit].isFinished ? culprit + 1 : culprit
  }

  /// - Returns: Who is to run again before the next try; `nil` when the group is over.
  private mutating func commit() throws(DatabaseError) -> Int? {
    guard members.contains(where: \.isDone) else {
      connection.endTransaction()
      return nil
    }
    isCommitting = true
    do throws(DatabaseError) {
      connection.job = Self.nobody
      try connection.mark(mark)
      try connection.control("COMMIT")
      try connection.synchronize()
    } catch {
      guard connection.loss == nil, let failure = connection.failure else { throw error }
      isCommitting = false
      if failure.job != Self.nobody { return try recover(from: failure, thrown: nil, at: members.count - 1) }
      return try acceptRefusal(failure)
    }
    for index in members.indices { members[index].succeed() }
    return nil
  }

  /// A constraint that is checked at the end only is one transaction's fault and not the others'.
  private mutating func acceptRefusal(_ failure: PostgreSQLFailure) throws(DatabaseError) -> Int? {
    let done = members.indices.filter { members[$0].isDone }
    guard done.count == 1, !failure.endsTransaction else {
      for index in done { members[index].losses = max(members[index].losses, PostgreSQLWriter.lossesInGroup) }
      throw failure.error
    }
    members[done[0]].fail(failure.error)
    return nil
  }
}
