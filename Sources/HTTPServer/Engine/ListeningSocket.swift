import Glibc

/// A socket that listens. Whoever takes the descriptor closes it.
struct ListeningSocket {
  let descriptor: Int32
  /// The port it got, which is the one asked for unless that was 0.
  let port: Int

  /// Binds and listens; an error says which address and why.
  static func open(host: String, port: Int) throws(HTTPServerError) -> ListeningSocket {
    guard (0...65_535).contains(port) else {
      throw .cannotBind(host: host, port: port, reason: "a port is a number from 0 to 65535")
    }
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let lookup = getaddrinfo(host, String(port), &hints, &found)
    guard lookup == 0, let first = found else {
      throw .cannotBind(host: host, port: port, reason: String(cString: gai_strerror(lookup)))
    }
    defer { freeaddrinfo(first) }
    var failure: Int32 = 0
    var candidate: UnsafeMutablePointer<addrinfo>? = first
    while let address = candidate {
      switch listen(on: address.pointee) {
      case .success(let socket): return socket
      case .failure(let error): failure = error.code
      }
      candidate = address.pointee.ai_next
    }
    if failure == EADDRINUSE { throw .portTaken(host: host, port: port) }
    throw .cannotBind(host: host, port: port, reason: String(cString: strerror(failure)))
  }

  private struct SystemError: Error { let code: Int32 }

  private static func listen(on address: addrinfo) -> Result<ListeningSocket, SystemError> {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.ai_family, type, 0)
    guard descriptor >= 0 else { return .failure(SystemError(code: errno)) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, Glibc.listen(descriptor, 1_024) == 0,
      let port = port(of: descriptor)
    else {
      let code = errno
      close(descriptor)
      return .failure(SystemError(code: code))
    }
    return .success(ListeningSocket(descriptor: descriptor, port: port))
  }

  private static func port(of descriptor: Int32) -> Int? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer -> Int? in
      let address = UnsafeMutableRawPointer(pointer)
      guard getsockname(descriptor, address.assumingMemoryBound(to: sockaddr.self), &length) == 0 else { return nil }
      switch Int32(pointer.pointee.ss_family) {
      case AF_INET: return Int(UInt16(bigEndian: address.load(as: sockaddr_in.self).sin_port))
      case AF_INET6: return Int(UInt16(bigEndian: address.load(as: sockaddr_in6.self).sin6_port))
      default: return nil
      }
    }
  }
}
