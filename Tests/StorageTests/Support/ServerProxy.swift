import Foundation
import Glibc
import Synchronization

/// A TCP connection between a client and its PostgreSQL server that a test can break at a named point.
///
/// Listens on a port of the loopback and passes bytes on, on threads of its own. Any task may arm it; what is armed
/// happens once, to the connection that comes to the point first. Gone when the test lets go of it.
final class ServerProxy: Sendable {
  enum Fault: Sendable {
    /// The client's COMMIT does not reach the server, and both lose their connection.
    case commitLost
    /// The server has committed; its answer does not reach the client, and both lose their connection.
    case commitAnswerLost
    /// The client's COMMIT and everything after it disappears, and nobody is told.
    case silenceAtCommit
  }

  private struct State {
    var fault: Fault?
    var hasHappened = false
    /// New connections are closed at once.
    var refuses = false
    var refusesAfterFault = false
    var isOver = false
  }

  /// What both protocols call it: the name of a prepared statement, and the tag of its completion.
  private static let commit = Array("COMMIT\0".utf8)

  private let listener: LoopbackListener
  private let server: sockaddr_in
  private let address: URLComponents
  private let state = Mutex(State())

  /// - Parameter url: The server's, with a numeric IPv4 address or `localhost`.
  init(to url: String) throws {
    guard let address = URLComponents(string: url), let host = address.host else {
      throw LoopbackListener.Failure(message: "no host in the URL")
    }
    var server = sockaddr_in()
    server.sin_family = sa_family_t(AF_INET)
    server.sin_port = UInt16(address.port ?? 5432).bigEndian
    guard inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &server.sin_addr) == 1 else {
      throw LoopbackListener.Failure(message: "\(host) is no IPv4 address")
    }
    self.address = address
    self.server = server
    listener = try LoopbackListener()
    listener.serve { [weak self] client in
      if let self { self.serve(client) } else { close(client) }
    }
  }

  deinit {
    listener.stop()
  }

  /// The database's address by way of the proxy.
  var url: String {
    var url = address
    url.host = "127.0.0.1"
    url.port = Int(listener.port)
    return url.string ?? ""
  }

  /// Lets the fault happen to the next connection that commits.
  /// - Parameter refusing: Whether no connection is let through from then on.
  func arm(_ fault: Fault, refusing: Bool = false) {
    state.withLock { state in
      state.fault = fault
      state.hasHappened = false
      state.refusesAfterFault = refusing
    }
  }

  /// Whether what was armed has happened.
  var hasHappened: Bool { state.withLock { $0.hasHappened } }

  /// Lets connections through again.
  func admit() {
    state.withLock { $0.refuses = false }
  }

  private func serve(_ client: Int32) {
    guard !state.withLock({ $0.refuses }) else {
      close(client)
      return
    }
    let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var server = server
    let code = withUnsafePointer(to: &server) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else {
      close(client)
      close(upstream)
      return
    }
    var one: Int32 = 1
    for end in [client, upstream] {
      setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }
    let link = Link(client: client, server: upstream)
    Thread.detachNewThread { [self] in pump(from: client, to: upstream, link, at: [.commitLost, .silenceAtCommit]) }
    Thread.detachNewThread { [self] in pump(from: upstream, to: client, link, at: [.commitAnswerLost]) }
  }

  /// Two sockets, closed when both threads are done with them.
  private final class Link: Sendable {
    let client: Int32
    let server: Int32

    init(client: Int32, server: Int32) {
      self.client = client
      self.server = server
    }

    func cut() {
      shutdown(client, Int32(SHUT_RDWR))
      shutdown(server, Int32(SHUT_RDWR))
    }

    deinit {
      close(client)
      close(server)
    }
  }

  private func pump(from source: Int32, to target: Int32, _ link: Link, at faults: [Fault]) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    // What ended the chunk before: a word may come in two.
    var tail: [UInt8] = []
    var isSilent = false
    while case let count = read(source, &buffer, buffer.count), count > 0 {
      if isSilent { continue }
      let seen = tail + buffer[..<count]
      tail = Array(seen.suffix(Self.commit.count - 1))
      if Self.holdsCommit(seen), let fault = happen(faults) {
        guard fault == .silenceAtCommit else { return link.cut() }
        isSilent = true
        continue
      }
      var sent = 0
      while sent < count {
        let written = buffer[sent..<count].withUnsafeBytes {
          send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard written > 0 else { return link.cut() }
        sent += written
      }
    }
    link.cut()
  }

  private func happen(_ faults: [Fault]) -> Fault? {
    state.withLock { state in
      guard let fault = state.fault, faults.contains(fault) else { return nil }
      state.fault = nil
      state.hasHappened = true
      state.refuses = state.refusesAfterFault
      return fault
    }
  }

  private static func holdsCommit(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= commit.count else { return false }
    return (0...bytes.count - commit.count).contains { bytes[$0] == commit[0] && bytes[$0...].starts(with: commit) }
  }
}
