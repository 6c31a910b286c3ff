import Dispatch
import Glibc

/// A TCP connection that says exactly the bytes a test wants. Blocking calls run on a thread of its own, never on one of
/// those that the server's handlers need.
final class RawConnection: Sendable {
  struct Failure: Error { let reason: String }

  private let descriptor: Int32
  private let queue = DispatchQueue(label: "raw connection")

  init(port: Int, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    if var receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(reason: String(cString: strerror(errno))) }
  }

  deinit { Glibc.close(descriptor) }

  func send(_ text: String) async { await send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async {
    await onQueue { [descriptor] in
      var sent = 0
      while sent < bytes.count {
        let count = bytes.withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
        }
        if count <= 0 { return }
        sent += count
      }
    }
  }

  /// Everything up to the server's close, or what came before nothing came for a minute.
  func readToEnd() async -> String {
    await onQueue { [descriptor] in
      var all: [UInt8] = []
      while let piece = Self.read(descriptor), !piece.isEmpty { all += piece }
      return String(decoding: all, as: UTF8.self)
    }
  }

  /// What comes until the text is among it; what came when the server closes first.
  func read(until mark: String) async -> String {
    await onQueue { [descriptor] in
      var all: [UInt8] = []
      while !String(decoding: all, as: UTF8.self).contains(mark) {
        guard let piece = Self.read(descriptor), !piece.isEmpty else { break }
        all += piece
      }
      return String(decoding: all, as: UTF8.self)
    }
  }

  /// One response whose length is announced.
  func readResponse() async -> RawResponse {
    await onQueue { [descriptor] in
      var all: [UInt8] = []
      while true {
        if let response = RawResponse(all) { return response }
        guard let piece = Self.read(descriptor), !piece.isEmpty else {
          return RawResponse(all) ?? RawResponse(status: 0, headers: String(decoding: all, as: UTF8.self), body: "")
        }
        all += piece
      }
    }
  }

  func close() async {
    await onQueue { [descriptor] in _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 64 * 1_024)
    let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
    return count < 0 ? nil : Array(buffer.prefix(count))
  }

  private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}

/// A response as it came.
struct RawResponse: Sendable {
  var status: Int
  var headers: String
  var body: String

  init(status: Int, headers: String, body: String) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Nil while the bytes are no whole response.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    headers = String(text[..<end.lowerBound])
    status = Int(headers.split(separator: " ")[1]) ?? 0
    body = String(text[end.upperBound...])
    if let length = Self.value(of: "content-length", in: headers).flatMap({ Int($0) }) {
      guard body.utf8.count >= length else { return nil }
    }
  }

  subscript(_ name: String) -> String? { Self.value(of: name, in: headers) }

  private static func value(of name: String, in headers: String) -> String? {
    for line in headers.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name.lowercased() {
        return String(parts[1].drop { $0 == " " })
      }
    }
    return nil
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? {
    let needle = Array(text.utf8)
    var index = utf8.startIndex
    while let end = utf8.index(index, offsetBy: needle.count, limitedBy: utf8.endIndex) {
      if utf8[index..<end].elementsEqual(needle) { return index..<end }
      index = utf8.index(after: index)
    }
    return nil
  }
}
