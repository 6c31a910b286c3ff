/// Writes compact JSON into a growing array of bytes.
///
/// Commas are its business; that names and values alternate and brackets match is the caller's. What it writes is
/// valid UTF-8: text goes out as it is, with the escapes that RFC 8259 requires and no others.
public struct JSONWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8]
  private var needsComma = false

  /// - Parameter capacity: Bytes to make room for at once; more are found as needed.
  public init(reservingCapacity capacity: Int = 512) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes a field's name and the colon; its value must come next.
  public mutating func key(_ name: StaticString) {
    separate()
    appendQuoted(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a field's name and the colon; its value must come next.
  @_disfavoredOverload
  public mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func write(_ value: String) {
    separate()
    appendQuoted(value)
    needsComma = true
  }

  public mutating func write(_ value: Substring) {
    separate()
    appendQuoted(String(value))
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
    text.withUTF8 { bytes.append(contentsOf: $0) }
    needsComma = true
  }

  /// Writes bytes that are one JSON value already, as they are. The caller answers for them.
  public mutating func writeRaw(_ value: [UInt8]) {
    separate()
    bytes.append(contentsOf: value)
    needsComma = true
  }

  /// Writes bytes that are one JSON value already, as they are. The caller answers for them.
  public mutating func writeRaw(_ value: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: value)
    needsComma = true
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
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func appendQuoted(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendQuoted($0) }
    if isDone == nil {
      var text = text
      text.withUTF8 { appendQuoted($0) }
    }
  }

  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    if let begin = text.baseAddress {
      let end = begin + text.count
      var place = begin
      var highBits: UInt64 = 0
      while true {
        let special = firstSpecial(from: place, to: end, highBits: &highBits)
        bytes.append(contentsOf: UnsafeBufferPointer(start: place, count: special - place))
        if special == end { break }
        appendEscape(special.pointee)
        place = special + 1
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: [
        UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"), digits[Int(byte >> 4)], digits[Int(byte & 15)],
      ])
    }
  }

  private mutating func appendDecimal(_ value: Int64) {
    if value >= 0, value < 10 { return bytes.append(0x30 &+ UInt8(truncatingIfNeeded: value)) }
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
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
    }
  }
}
