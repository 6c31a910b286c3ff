/// Where in a distributed trace some work belongs: W3C Trace Context's `traceparent`, version 00.
public struct TraceContext: Sendable, Hashable, CustomStringConvertible {
  /// The upper and lower half of the trace's 128 bits; never both zero.
  public let traceIDHigh: UInt64
  public let traceIDLow: UInt64
  /// The span's 64 bits; never zero.
  public let spanID: UInt64
  /// Whether the one who called records the trace.
  public let isSampled: Bool

  /// The context of the work that the current task does, set by ``withSpan(_:parent:kind:attributes:_:)``.
  @TaskLocal public static var current: TraceContext?

  init(traceIDHigh: UInt64, traceIDLow: UInt64, spanID: UInt64, isSampled: Bool) {
    self.traceIDHigh = traceIDHigh
    self.traceIDLow = traceIDLow
    self.spanID = spanID
    self.isSampled = isSampled
  }

  /// A new trace with its first span.
  public static func make(sampled: Bool = true) -> TraceContext {
    var generator = SystemRandomNumberGenerator()
    return make(sampled: sampled, using: &generator)
  }

  /// A new trace with its first span, its ids from a generator of the caller's.
  public static func make(sampled: Bool = true, using generator: inout some RandomNumberGenerator) -> TraceContext {
    TraceContext(
      traceIDHigh: generator.next(), traceIDLow: nonZero(&generator), spanID: nonZero(&generator), isSampled: sampled)
  }

  /// The same trace with a span of its own.
  public func child() -> TraceContext {
    var generator = SystemRandomNumberGenerator()
    return child(using: &generator)
  }

  /// The same trace with a span of its own, its id from a generator of the caller's.
  public func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
    TraceContext(
      traceIDHigh: traceIDHigh, traceIDLow: traceIDLow, spanID: Self.nonZero(&generator), isSampled: isSampled)
  }

  /// Reads a `traceparent` header; nil when it is not one. A version above 00 may be longer, as the standard says.
  public init?(traceparent: some StringProtocol) {
    let bytes = Array(traceparent.utf8)
    guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D,
      let version = Self.hexadecimal(bytes[0..<2]), version != 0xFF,
      let high = Self.hexadecimal(bytes[3..<19]), let low = Self.hexadecimal(bytes[19..<35]),
      let span = Self.hexadecimal(bytes[36..<52]), let flags = Self.hexadecimal(bytes[53..<55]),
      high | low != 0, span != 0
    else { return nil }
    guard bytes.count == 55 || (version != 0 && bytes[55] == 0x2D) else { return nil }
    self.init(traceIDHigh: high, traceIDLow: low, spanID: span, isSampled: flags & 1 == 1)
  }

  /// The header's value.
  public var traceparent: String {
    "00-\(traceID)-\(Self.text(spanID))-\(isSampled ? "01" : "00")"
  }

  /// The trace's id, 32 lower-case hexadecimal digits.
  public var traceID: String { Self.text(traceIDHigh) + Self.text(traceIDLow) }

  /// The span's id, 16 lower-case hexadecimal digits.
  public var spanIDText: String { Self.text(spanID) }

  public var description: String { traceparent }

  private static func nonZero(_ generator: inout some RandomNumberGenerator) -> UInt64 {
    UInt64.random(in: 1...UInt64.max, using: &generator)
  }

  private static func text(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(digit - 0x57)
      default: return nil
      }
    }
    return number
  }
}
