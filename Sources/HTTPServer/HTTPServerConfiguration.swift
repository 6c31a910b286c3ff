/// Where a server listens and what it allows.
public struct HTTPServerConfiguration: Sendable {
  /// A name or an address; IPv6 without brackets.
  public var host: String
  /// 0 takes a free one.
  public var port: Int
  /// Bytes of a request's body; a larger one is answered with 413 as soon as that is known.
  public var bodyLimit: Int
  /// Bytes of a request's line and header fields together; more is answered with 431 or 414.
  public var headerLimit: Int
  /// Open connections; further ones wait in the system's queue.
  public var connectionLimit: Int
  /// A connection on which nothing moves for so long is closed. Whole seconds.
  public var idleTimeout: Duration
  /// A handler that has not answered by then is cancelled, and the client gets a 503. Streams are not bound by it.
  public var requestDeadline: Duration
  /// Threads that read and write sockets.
  public var threads: Int
  /// What a request's `Host` may name.
  public var allowedHosts: AllowedHosts

  /// What a request's `Host` may name, so that a page of a foreign name that resolves to this machine (DNS rebinding)
  /// gets no answer.
  public enum AllowedHosts: Sendable, Equatable {
    /// The machine's own names when listening on loopback, anything otherwise.
    case automatic
    case any
    /// Those names, in lower case and without a port.
    case named(Set<String>)
  }

  public init(
    host: String = "127.0.0.1", port: Int = 0, bodyLimit: Int = 1 << 20, headerLimit: Int = 16 * 1_024,
    connectionLimit: Int = 1_024, idleTimeout: Duration = .seconds(60), requestDeadline: Duration = .seconds(30),
    threads: Int = 2, allowedHosts: AllowedHosts = .automatic
  ) {
    self.host = host
    self.port = port
    self.bodyLimit = bodyLimit
    self.headerLimit = headerLimit
    self.connectionLimit = connectionLimit
    self.idleTimeout = idleTimeout
    self.requestDeadline = requestDeadline
    self.threads = threads
    self.allowedHosts = allowedHosts
  }

  /// Whether only this machine can reach the server.
  public var listensOnLoopback: Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}
