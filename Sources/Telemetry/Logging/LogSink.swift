import Glibc
import Synchronization

/// Takes finished lines. Called from any thread.
public protocol LogSink: Sendable {
  /// Writes one line; the newline is its last byte. A failure is swallowed: logging never breaks the caller.
  func write(_ line: [UInt8])
}

/// Lines to a file descriptor, one `write` each, so that the lines of several threads and processes do not mix.
public struct DescriptorLogSink: LogSink {
  private let descriptor: Int32

  /// - Parameter descriptor: Stays the caller's; standard error by default.
  public init(descriptor: Int32 = STDERR_FILENO) { self.descriptor = descriptor }

  public func write(_ line: [UInt8]) {
    line.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}

/// Keeps the last lines in memory, for tests and for a view of recent lines.
public final class RecentLogSink: LogSink {
  private let lines = Mutex<[String]>([])
  private let limit: Int

  /// - Parameter limit: How many lines are kept; the oldest go first.
  public init(limit: Int = 1_000) { self.limit = limit }

  public func write(_ line: [UInt8]) {
    let text = String(decoding: line.last == 0x0A ? line.dropLast() : line[...], as: UTF8.self)
    lines.withLock { lines in
      if lines.count >= limit { lines.removeFirst(lines.count - limit + 1) }
      lines.append(text)
    }
  }

  /// The lines kept, oldest first, without their newlines.
  public var recent: [String] { lines.withLock { $0 } }
}
