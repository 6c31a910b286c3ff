extension EventHeaders {
  /// Adds a header whose name and value are lent as UTF-8, without a string in between.
  package mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    append(bytes: name)
    append(bytes: value)
  }

  /// Calls the closure with the UTF-8 of each header in order; the bytes are lent for the call.
  package func forEachUTF8(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
    encoded.withUnsafeBytes { bytes in
      var offset = 0
      while let header = nextRanges(&offset) {
        body(
          UnsafeRawBufferPointer(rebasing: bytes[header.name]), UnsafeRawBufferPointer(rebasing: bytes[header.value]))
      }
    }
  }

  /// Where the value of each header lies in `encoded`, in order.
  package var valueRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var offset = 0
    while let header = nextRanges(&offset) { ranges.append(header.value) }
    return ranges
  }
}
