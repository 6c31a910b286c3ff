import Foundation
import Glibc

/// A socket that listens on a free port of the loopback; closed when the test lets go of it.
final class LoopbackListener: Sendable {
  let port: UInt16
  private let handle: Int32

  init() throws {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(handle, pointer, size) == 0 && listen(handle, 16) == 0 && getsockname(handle, pointer, &size) == 0
      }
    }
    self.handle = handle
    port = UInt16(bigEndian: address.sin_port)
    guard isListening else { throw Failure(message: "no port to listen on: \(String(cString: strerror(errno)))") }
  }

  struct Failure: Error {
    let message: String
  }

  deinit {
    close(handle)
  }

  /// Ends `serve`.
  func stop() {
    shutdown(handle, Int32(SHUT_RDWR))
  }

  /// Hands each connection to the body, on a thread of its own, until `stop`.
  func serve(_ body: @escaping @Sendable (Int32) -> Void) {
    Thread.detachNewThread { [self] in
      while case let client = accept(handle, nil, nil), client >= 0 { body(client) }
    }
  }
}
