import Glibc

/// The lock by which the processes that have a database open know of each other.
///
/// It is on a file of its own, `<path>-open`: closing any descriptor of the database itself would drop SQLite's locks
/// in this process. The first one in, and no other, can tell whether the last one out closed properly: SQLite removes
/// the write-ahead log on a proper close, so a log that is there was left behind.
///
/// Sendable because nothing changes after `init`.
final class SQLitePresence: Sendable {
  /// True when nobody else has the database open and a log was left behind.
  let foundUncleanClose: Bool
  private let descriptor: Int32

  init(path: String, waitLimit: Duration) throws(DatabaseError) {
    descriptor = Glibc.open("\(path)-open", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw DatabaseError(.cannotOpen, "\(path)-open: \(String(cString: strerror(errno)))", code: Int(errno))
    }
    let isFirst = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    var status = stat()
    foundUncleanClose = isFirst && stat("\(path)-wal", &status) == 0 && status.st_size > 0
    if !isFirst { try awaitCheck(of: path, until: .now + waitLimit) }
  }

  /// Waits until whoever is first has finished its check. The lock has no time limit of its own.
  private func awaitCheck(of path: String, until deadline: ContinuousClock.Instant) throws(DatabaseError) {
    while flock(descriptor, LOCK_SH | LOCK_NB) != 0 {
      guard ContinuousClock.now < deadline else {
        throw DatabaseError(.busy, "\(path): another process has been checking the file for too long")
      }
      usleep(2_000)
    }
  }

  /// Lets others in, after the check.
  func finishChecking() {
    flock(descriptor, LOCK_SH)
  }

  deinit {
    Glibc.close(descriptor)
  }
}
