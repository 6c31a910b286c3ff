import Glibc

/// A port of the loopback interface that nothing listens on.
///
/// The system is asked for one and it is given back at once: somebody else may take it before the caller does, so use
/// it where a program cannot be told to choose its port itself.
public func freePort() throws -> Int {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard descriptor >= 0 else { throw ProcessFailure("no socket: error \(errno)") }
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
    }
  }
  guard isKnown else { throw ProcessFailure("no free port: error \(errno)") }
  return Int(UInt16(bigEndian: address.sin_port))
}
