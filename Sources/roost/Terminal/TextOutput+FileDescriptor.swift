import Foundation

extension TextOutput {
  /// - Parameter environment: `NO_COLOR` and `TERM=dumb` turn colours off; `COLUMNS` stands in for a terminal's width.
  init(descriptor: Int32, environment: [String: String]) {
    let isTerminal = isatty(descriptor) == 1
    let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
    var size = winsize()
    let columns = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
    let width = columns > 0 ? columns : environment["COLUMNS"].flatMap(Int.init) ?? 100
    self.init(isTerminal: isTerminal, usesColour: isTerminal && !isPlain, width: max(40, width)) { bytes in
      try writeWhole(bytes, to: descriptor)
    }
  }
}

private func writeWhole(_ bytes: [UInt8], to descriptor: Int32) throws {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, bytes.count - written) }
    if count >= 0 {
      written += count
    } else if errno == EPIPE {
      throw OutputClosed()
    } else if errno != EINTR {
      throw CommandError(.outputError, "cannot write the answer: \(String(cString: strerror(errno)))")
    }
  }
}
