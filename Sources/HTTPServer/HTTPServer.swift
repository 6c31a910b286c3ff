import Synchronization
import Telemetry

/// Serves a router's routes over HTTP/1.1.
///
/// Sockets are read and written on the library's own threads; each handler runs as a Swift task while its connection
/// rests. Any thread may call anything here. A server starts once and stops once.
public final class HTTPServer: Sendable {
  private enum State {
    case new
    case running(MicroHTTPDaemon, port: Int)
    case stopped(port: Int)
  }

  private let configuration: HTTPServerConfiguration
  private let engine: RequestEngine
  private let state = Mutex<State>(.new)

  /// - Parameters:
  ///   - logger: Requests at debug, what a handler threw at error.
  ///   - metrics: Gets `http_server_requests_total`, `http_server_request_duration_seconds` and
  ///     `http_server_active_requests`.
  public init(
    configuration: HTTPServerConfiguration = .init(), router: Router, logger: Logger = Logger(label: "http.server"),
    metrics: MetricsRegistry = .shared
  ) {
    self.configuration = configuration
    self.engine = RequestEngine(configuration: configuration, router: router, logger: logger, metrics: metrics)
  }

  /// Listens and answers from here on. Throws ``HTTPServerError``; a server that threw may be started again.
  public func start() throws(HTTPServerError) {
    let conflicts = engine.router.check()
    guard conflicts.isEmpty else { throw .invalidRoutes(conflicts) }
    let failure: HTTPServerError? = state.withLock { state in
      guard case .new = state else { return .alreadyStarted }
      do throws(HTTPServerError) {
        let socket = try ListeningSocket.open(host: configuration.host, port: configuration.port)
        let daemon = try MicroHTTPDaemon(socket: socket, configuration: configuration, engine: engine)
        state = .running(daemon, port: socket.port)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// The port it listens on, chosen by the system when 0 was asked for; the configured one before ``start()``.
  public var port: Int {
    state.withLock { state in
      switch state {
      case .new: configuration.port
      case .running(_, let port), .stopped(let port): port
      }
    }
  }

  /// Stops: takes no new connection, ends event streams, lets the requests that run finish, then closes.
  ///
  /// Returns when every thread of the server has ended. A second call returns at once.
  ///
  /// - Parameter grace: Requests that run longer are cancelled and answered with 503.
  public func shutdown(grace: Duration = .seconds(10)) async {
    let daemon: MicroHTTPDaemon? = state.withLock { state in
      guard case .running(let daemon, let port) = state else { return nil }
      state = .stopped(port: port)
      return daemon
    }
    guard let daemon else { return }
    daemon.stopAccepting()
    await engine.drain(grace: grace)
    await daemon.stop()
  }
}
