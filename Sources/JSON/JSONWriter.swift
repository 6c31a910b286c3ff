/// Writes compact JSON into a buffer of its own that grows.
///
/// Commas are its business; that names and values alternate and brackets match is the caller's. What it writes is
/// valid UTF-8: text goes out as it is, with the escapes that RFC 8259 requires and no others.
public struct JSONWriter: ~Copyable {
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  private var needsComma = false

  /// - Parameter capacity: Bytes to make room for at once; more are found as needed.
  public init(reservingCapacity capacity: Int = 512) {
    self.capacity = max(capacity, 64)
    buffer = .allocate(capacity: self.capacity)
  }

  deinit { buffer.deallocate() }

  /// What has been written so far: a copy of it.
  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: buffer, count: count)) }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes a field's name and the colon; its value must come next.
  public mutating func key(_ name: StaticString) {
    appendQuoted(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    put(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a field's name and the colon; its value must come next.
  @_disfavoredOverload
  public mutating func key(_ name: String) {
    appendQuoted(name)
    put(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func write(_ value: String) {
    appendQuoted(value)
    needsComma = true
  }

  public mutating func write(_ value: Substring) {
    appendQuoted(String(value))
    needsComma = true
  }

  /// Writes text that is lent as UTF-8. The caller answers for its being that.
  package mutating func write(utf8 value: UnsafeBufferPointer<UInt8>) {
    appendQuoted(value)
    needsComma = true
  }

  public mutating func write(_ value: Bool) {
    if value { writeLiteral("true") } else { writeLiteral("false") }
  }

  public mutating func writeNull() { writeLiteral("null") }

  public mutating func write(_ value: Int) { write(Int64(value)) }

  public mutating func write(_ value: Int64) {
    separate()
    appendDecimal(value)
    needsComma = true
  }

  /// Writes a number that reads back as the same `Double`. JSON knows no NaN and no infinity: they become null.
  public mutating func write(_ value: Double) {
    guard value.isFinite else { return writeNull() }
    separate()
    var text = value.description
    text.withUTF8 { put($0) }
    needsComma = true
  }

  /// Writes bytes that are one JSON value already, as they are. The caller answers for them.
  public mutating func writeRaw(_ value: [UInt8]) {
    separate()
    value.withUnsafeBufferPointer { put($0) }
    needsComma = true
  }

  /// Writes bytes that are one JSON value already, as they are. The caller answers for them.
  public mutating func writeRaw(_ value: some Collection<UInt8>) {
    writeRaw(Array(value))
  }

  public mutating func write(_ value: some JSONCodable) { value.write(to: &self) }

  public mutating func write(_ values: [some JSONCodable]) {
    beginArray()
    for value in values { value.write(to: &self) }
    endArray()
  }

  /// Writes a value that is one already and asks for nothing: the end of the writer's own pieces.
  private mutating func writeLiteral(_ literal: StaticString) {
    separate()
    put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    put(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    put(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { put(UInt8(ascii: ",")) }
  }

  /// Makes room for so many more bytes.
  private mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = larger
  }

  private mutating func put(_ byte: UInt8) {
    reserve(1)
    buffer[count] = byte
    count += 1
  }

  private mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    reserve(text.count)
    (buffer + count).update(from: start, count: text.count)
    count += text.count
  }

  private mutating func appendQuoted(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendQuoted($0) }
    if isDone == nil {
      var text = text
      text.withUTF8 { appendQuoted($0) }
    }
  }

  /// Writes the comma that is due, and the text between quotation marks.
  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    // Room for all but escapes, and for the whole words that the copy writes.
    reserve(text.count + 11)
    if needsComma { put(UInt8(ascii: ",")) }
    put(UInt8(ascii: "\""))
    if let begin = text.baseAddress {
      let end = begin + text.count
      let copied = copyPlain(from: begin, to: end, into: buffer + count)
      count += copied
      if copied < text.count { appendEscaping(from: begin + copied, to: end) }
    }
    put(UInt8(ascii: "\""))
  }

  /// Writes text that begins with a character that must be escaped.
  @inline(never)
  private mutating func appendEscaping(from begin: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) {
    var place = begin
    var highBits: UInt64 = 0
    while true {
      let special = firstSpecial(from: place, to: end, highBits: &highBits)
      put(UnsafeBufferPointer(start: place, count: special - place))
      if special == end { return }
      appendEscape(special.pointee)
      place = special + 1
    }
  }

  private mutating func appendEscape(_ byte: UInt8) {
    put(UInt8(ascii: "\\"))
    switch byte {
    case 0x22, 0x5C: put(byte)
    case 0x08: put(UInt8(ascii: "b"))
    case 0x09: put(UInt8(ascii: "t"))
    case 0x0A: put(UInt8(ascii: "n"))
    case 0x0C: put(UInt8(ascii: "f"))
    case 0x0D: put(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      for byte in [UInt8(ascii: "u"), 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]] { put(byte) }
    }
  }

  private mutating func appendDecimal(_ value: Int64) {
    if value >= 0, value < 10 { return put(0x30 &+ UInt8(truncatingIfNeeded: value)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var place = 20
      var magnitude = value.magnitude
      repeat {
        place -= 1
        digits[place] = 0x30 &+ UInt8(truncatingIfNeeded: magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      if value < 0 {
        place -= 1
        digits[place] = UInt8(ascii: "-")
      }
      put(UnsafeBufferPointer(rebasing: digits[place...]))
    }
  }
}
