import Glibc

/// Waiting for a connection's socket.
enum PostgreSQLSocket {
  struct Events {
    let isReadable: Bool
    let isWritable: Bool
  }

  /// - Parameter deadline: `nil` for no bound.
  /// - Returns: `nil` when the deadline has passed. A closed or broken socket counts as readable.
  static func wait(
    _ socket: Int32, reading: Bool = true, writing: Bool, until deadline: ContinuousClock.Instant?
  ) -> Events? {
    var request = pollfd(fd: socket, events: 0, revents: 0)
    if reading { request.events |= Int16(POLLIN) }
    if writing { request.events |= Int16(POLLOUT) }
    while true {
      let milliseconds = deadline.map { Self.milliseconds(until: $0) } ?? -1
      let count = poll(&request, 1, milliseconds)
      if count < 0, errno == EINTR { continue }
      if count == 0 { return nil }
      let seen = Int32(request.revents)
      return Events(
        isReadable: count < 0 || seen & (POLLIN | POLLHUP | POLLERR | POLLNVAL) != 0,
        isWritable: seen & (POLLOUT | POLLERR) != 0)
    }
  }

  /// Waits without a signal, between half of the limit and all of it.
  static func pause(_ limit: Duration, using generator: inout some RandomNumberGenerator) {
    let (seconds, attoseconds) = limit.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    usleep(UInt32(Int64.random(in: microseconds / 2...max(1, microseconds), using: &generator)))
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    let (seconds, attoseconds) = (deadline - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1)
  }
}
