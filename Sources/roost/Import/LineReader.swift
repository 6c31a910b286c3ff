import Foundation

/// Reads a file line by line without holding it in memory.
struct LineReader: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let lineLimit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// The number of the line that `next` returned last; the first is 1.
  private(set) var number = 0
  /// How many bytes of the file its lines have taken so far.
  private(set) var consumed = 0
  /// In bytes; 0 where it is not known, as of a pipe.
  let size: Int

  /// - Parameters:
  ///   - path: `-` for standard input.
  ///   - lineLimit: A line of more bytes ends the reading.
  init(path: String, lineLimit: Int = 16 * 1024 * 1024) throws(CommandError) {
    self.path = path
    self.lineLimit = lineLimit
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandError(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    var status = stat()
    size = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  /// The next line without its end; `nil` behind the last.
  mutating func next() throws(CommandError) -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = buffer[start..<end]
        consumed += end + 1 - start
        start = end + 1
        number += 1
        return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        let line = buffer[start...]
        consumed += line.count
        start = buffer.count
        number += 1
        return line
      }
      guard buffer.count - start <= lineLimit else {
        throw CommandError(.badInput, "\(path): line \(number + 1) is longer than \(Figures.bytes(lineLimit))")
      }
      searched = buffer.count - start
      try fill()
    }
  }

  /// The first byte that is not yet taken and no white space, which stays where it is; `nil` where there is none.
  mutating func firstByte() throws(CommandError) -> UInt8? {
    while true {
      if let byte = buffer[start...].first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return byte }
      guard !isAtEnd else { return nil }
      try fill()
    }
  }

  /// All that is not yet taken, as it stands.
  mutating func rest() throws(CommandError) -> [UInt8] {
    while !isAtEnd { try fill() }
    defer { start = buffer.count }
    return Array(buffer[start...])
  }

  private mutating func fill() throws(CommandError) {
    buffer.removeSubrange(..<start)
    start = 0
    var piece = [UInt8](repeating: 0, count: 256 * 1024)
    let count = read(descriptor, &piece, piece.count)
    if count < 0, errno == EINTR { return }
    guard count >= 0 else {
      throw CommandError(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    isAtEnd = count == 0
    buffer += piece[..<count]
  }
}
