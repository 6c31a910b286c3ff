/// Why a server did not start.
public enum HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another program listens there.
  case portTaken(host: String, port: Int)
  /// The address cannot be used; the reason is the system's.
  case cannotBind(host: String, port: Int, reason: String)
  /// The routes contradict each other, a sentence each.
  case invalidRoutes([String])
  /// The HTTP library refused to start; usually for want of threads or descriptors.
  case cannotStart(reason: String)
  /// It was started before.
  case alreadyStarted

  /// One line for a person.
  public var description: String {
    switch self {
    case .portTaken(let host, let port): "Port \(port) on \(host) is taken by another program."
    case .cannotBind(let host, let port, let reason): "Cannot listen on \(host) port \(port): \(reason)."
    case .invalidRoutes(let reasons): "The routes contradict each other: \(reasons.joined(separator: " "))"
    case .cannotStart(let reason): "The HTTP server cannot start: \(reason)."
    case .alreadyStarted: "The HTTP server was started before."
    }
  }
}
