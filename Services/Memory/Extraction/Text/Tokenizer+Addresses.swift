extension Tokenizer {
  /// Reads an e-mail address or a web address that starts at ``position``.
  mutating func readAddress() -> Bool {
    guard byte(at: position) < 0x80 else { return false }
    if let end = webAddressEnd() {
      let start = position
      position = end
      append(.url, from: start, foldStart: text.folded.count)
      return true
    }
    guard position >= addressesSearched else { return false }
    var end = position
    while isLocalPart(byte(at: end)) { end += 1 }
    addressesSearched = end
    guard end > position, byte(at: end) == UInt8(ascii: "@"), let domainEnd = domainEnd(from: end + 1) else {
      return false
    }
    let start = position
    position = domainEnd
    append(.email, from: start, foldStart: text.folded.count)
    return true
  }

  private func isLocalPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The end of a domain name with at least one dot, or nil.
  private func domainEnd(from start: Int) -> Int? {
    var end = start
    var lastDot: Int?
    while true {
      let byte = byte(at: end)
      if byte == UInt8(ascii: ".") {
        guard end > start, byte != self.byte(at: end + 1), isLocalPart(self.byte(at: end + 1)) else { break }
        lastDot = end
      } else if !isLocalPart(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "%")
        || byte == UInt8(ascii: "+")
      {
        break
      }
      end += 1
    }
    guard let lastDot, end - lastDot > 2 else { return nil }
    return end
  }

  private func webAddressEnd() -> Int? {
    let schemes: [StaticString] = ["http://", "https://", "ftp://", "www."]
    let first = byte(at: position) | 0x20
    guard first == UInt8(ascii: "h") || first == UInt8(ascii: "f") || first == UInt8(ascii: "w") else { return nil }
    for scheme in schemes where starts(with: scheme) {
      var end = position
      while end < text.bytes.count {
        let (value, length, kind) = scalar(at: end)
        if kind == .space || value == 0x22 || value == 0x3C || value == 0x3E || value == 0x201D { break }
        end += length
      }
      // The punctuation after an address is the sentence's.
      while end > position, isTrailing(text.bytes[end - 1]) { end -= 1 }
      return end > position + scheme.utf8CodeUnitCount ? end : nil
    }
    return nil
  }

  private func starts(with prefix: StaticString) -> Bool {
    for index in 0..<prefix.utf8CodeUnitCount {
      let byte = byte(at: position + index)
      let lower = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
      if lower != prefix.utf8Start[index] { return false }
    }
    return true
  }

  private func isTrailing(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
      UInt8(ascii: "?"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "'"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Reads `@name`.
  mutating func readHandle() -> Bool {
    guard byte(at: position) == UInt8(ascii: "@") else { return false }
    var end = position + 1
    while end - position <= 64 {
      let byte = byte(at: end)
      guard isLocalPart(byte), byte != UInt8(ascii: "%"), byte != UInt8(ascii: "+") else { break }
      end += 1
    }
    while end > position + 1, isTrailing(byte(at: end - 1)) || byte(at: end - 1) == UInt8(ascii: "-") { end -= 1 }
    guard end > position + 1 else { return false }
    let start = position
    position = end
    append(.handle, from: start, foldStart: text.folded.count)
    return true
  }
}
