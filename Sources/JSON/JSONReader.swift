/// A pull reader over UTF-8 bytes, strict to RFC 8259: the caller says what it expects, the reader moves on or throws.
///
/// It lives only inside the closure of ``read(_:limits:_:)-([UInt8],_,_)``, on the thread that called, and cannot be
/// copied out of it. It makes nothing but what is asked for: a value that nobody wants is checked and passed over.
/// After an error the reader stands where it gave up and is of no more use.
///
/// Refused: NaN and Infinity, trailing commas, comments, a byte order mark, control characters in strings, bytes that
/// are not UTF-8, nesting deeper than the limits say. Accepted as the RFC does: duplicate names (each is handed to the
/// caller; last wins is the caller's doing) and escapes of lone surrogates, which a `String` shows as U+FFFD.
public struct JSONReader: ~Copyable {
  @usableFromInline let start: UnsafePointer<UInt8>
  @usableFromInline let end: UnsafePointer<UInt8>
  @usableFromInline var cursor: UnsafePointer<UInt8>
  @usableFromInline var remainingDepth: Int
  @usableFromInline let maximumDepth: Int

  @usableFromInline
  init(start: UnsafePointer<UInt8>, count: Int, limits: JSONLimits) {
    self.start = start
    self.end = start + count
    self.cursor = start
    self.maximumDepth = min(limits.maximumDepth, JSONLimits.deepest)
    self.remainingDepth = maximumDepth
  }

  /// Reads the one value that `bytes` hold, and checks that nothing but white space follows it.
  @inlinable
  public static func read<T>(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits(), _ body: (inout JSONReader) throws(JSONError) -> T
  ) throws(JSONError) -> T {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> T in
      try read(UnsafeRawBufferPointer(buffer), limits: limits, body)
    }
  }

  /// Reads the one value that `bytes` hold, and checks that nothing but white space follows it.
  @inlinable
  public static func read<T>(
    _ bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits(),
    _ body: (inout JSONReader) throws(JSONError) -> T
  ) throws(JSONError) -> T {
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      throw JSONError(.unexpectedEnd, at: 0, "expected a value, found nothing")
    }
    var reader = JSONReader(start: base.assumingMemoryBound(to: UInt8.self), count: bytes.count, limits: limits)
    reader.skipWhiteSpace()
    let value = try body(&reader)
    try reader.finish()
    return value
  }

  /// The byte at which the reader stands, counted from 0. Inside a closure of ``readObject(_:)`` or
  /// ``readArray(_:)``, before anything is read: the first byte of the value.
  @inlinable
  public var offset: Int { cursor - start }

  /// What the next value is, without reading it.
  @inlinable
  public mutating func peekKind() throws(JSONError) -> JSONKind {
    skipWhiteSpace()
    guard cursor < end else { throw endOfInput(expected: "a value") }
    guard let kind = JSONKind(firstByte: cursor.pointee) else { throw unexpected(expected: "a value") }
    return kind
  }

  @inlinable
  @inline(__always)
  mutating func skipWhiteSpace() {
    while cursor < end, cursor.pointee <= 0x20, isWhiteSpace(cursor.pointee) { cursor += 1 }
  }

  @usableFromInline
  mutating func finish() throws(JSONError) {
    skipWhiteSpace()
    guard cursor == end else {
      throw JSONError(.trailingContent, at: offset, "\(character(at: cursor)) follows the value")
    }
  }
}

@inlinable
@inline(__always)
func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}

@inlinable
@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
