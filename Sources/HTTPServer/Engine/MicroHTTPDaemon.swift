import CMicroHTTPD
import Dispatch
import Glibc

/// The library's daemon with its threads.
///
/// `@unchecked Sendable`: the daemon's pointer is set once; what is called on it may be called from any thread, and
/// ``stop()`` is called once, after which nothing else is.
final class MicroHTTPDaemon: @unchecked Sendable {
  private let daemon: OpaquePointer
  private let engine: Unmanaged<RequestEngine>
  /// The socket that it listens on, which the library closes in the end.
  private let socket: Int32

  /// Starts the threads. Takes the socket over, also when it throws.
  init(socket: ListeningSocket, configuration: HTTPServerConfiguration, engine: RequestEngine) throws(HTTPServerError) {
    let retained = Unmanaged.passRetained(engine)
    var options = roost_mhd_options()
    options.listening_socket = socket.descriptor
    options.threads = UInt32(max(1, configuration.threads))
    options.connection_limit = UInt32(max(configuration.threads, configuration.connectionLimit))
    options.idle_seconds = UInt32(max(1, configuration.idleTimeout.components.seconds))
    // The pool holds the header fields and both buffers of a connection.
    options.connection_memory = max(32 * 1_024, configuration.headerLimit + 12 * 1_024)
    options.context = retained.toOpaque()
    options.arrived = requestArrived
    options.access = requestAccess
    options.completed = requestCompleted
    guard let daemon = roost_mhd_start(&options) else {
      let reason = String(cString: strerror(errno))
      close(socket.descriptor)
      retained.release()
      throw .cannotStart(reason: reason)
    }
    self.daemon = daemon
    self.socket = socket.descriptor
    self.engine = retained
  }

  /// Listens no more; connections stay.
  ///
  /// The socket is closed, but not its number: a thread may still be about to accept on that, and a close would hand it to
  /// whoever opens something next.
  func stopAccepting() {
    // Without a descriptor to spare it goes on listening until the threads end.
    _ = roost_mhd_stop_listening(socket)
  }

  /// Ends the threads and closes what is open. Every connection must have been resumed before.
  func stop() async {
    await withCheckedContinuation { continuation in
      // Joins threads: not on one of the few that Swift's tasks run on.
      DispatchQueue.global().async {
        MHD_stop_daemon(self.daemon)
        self.engine.release()
        continuation.resume()
      }
    }
  }
}

/// A request's line has been read: makes its exchange, which the library carries from here on.
private func requestArrived(
  context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let context, let target, let connection else { return nil }
  let engine = Unmanaged<RequestEngine>.fromOpaque(context).takeUnretainedValue()
  let exchange = Exchange(
    engine: engine, connection: ConnectionHandle(pointer: connection), target: String(cString: target))
  engine.exchanges.insert(exchange)
  return Unmanaged.passRetained(exchange).toOpaque()
}

/// Header fields, a piece of the body, or the end of the request have come.
private func requestAccess(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, path: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, data: UnsafePointer<CChar>?,
  size: UnsafeMutablePointer<Int>?, exchange: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let method, let size, let pointer = exchange?.pointee else { return .NO }
  let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
  let piece = UnsafeRawBufferPointer(start: data, count: size.pointee)
  let goesOn = exchange.advance(method: method, piece: piece)
  size.pointee = 0
  return goesOn ? .YES : .NO
}

/// The response is out, or the connection is gone: the library lets go of the exchange.
private func requestCompleted(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  exchange: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
  guard let exchange, let pointer = exchange.pointee else { return }
  exchange.pointee = nil
  Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue().finish()
}
