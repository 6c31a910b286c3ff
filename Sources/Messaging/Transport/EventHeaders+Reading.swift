extension EventHeaders {
  /// The first value under this name.
  public subscript(name: String) -> String? {
    var offset = 0
    while let header = nextRanges(&offset) {
      if encoded[header.name].elementsEqual(name.utf8) {
        return String(decoding: encoded[header.value], as: UTF8.self)
      }
    }
    return nil
  }

  /// Calls the closure with each header in order.
  public func forEach(_ body: (_ name: String, _ value: String) -> Void) {
    var offset = 0
    while let header = nextRanges(&offset) {
      body(
        String(decoding: encoded[header.name], as: UTF8.self), String(decoding: encoded[header.value], as: UTF8.self))
    }
  }

  func nextRanges(_ offset: inout Int) -> (name: Range<Int>, value: Range<Int>)? {
    guard let name = nextRange(&offset), let value = nextRange(&offset) else { return nil }
    return (name, value)
  }

  private func nextRange(_ offset: inout Int) -> Range<Int>? {
    var length = 0
    var shift = 0
    while offset < encoded.count, shift < 56 {
      let byte = encoded[offset]
      offset += 1
      length |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 {
        guard length <= encoded.count - offset else { return nil }
        defer { offset += length }
        return offset..<offset + length
      }
      shift += 7
    }
    return nil
  }
}

extension EventHeaders: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    reserveCapacity(elements.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count + 4 })
    for (name, value) in elements { append(name, value) }
  }
}
