import Glibc
import JSON

/// A moment in UTC to the microsecond, on the proleptic Gregorian calendar without leap seconds.
///
/// It is written as `2026-11-24T04:33:49.123456Z` and read from any form of RFC 3339.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z; negative before.
  public var microsecondsSinceEpoch: Int64

  public init(microsecondsSinceEpoch: Int64) {
    self.microsecondsSinceEpoch = microsecondsSinceEpoch
  }

  /// What the machine's clock says.
  public static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
  }

  public static func + (time: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microsecondsSinceEpoch: time.microsecondsSinceEpoch + duration.wholeMicroseconds)
  }

  public static func - (time: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microsecondsSinceEpoch: time.microsecondsSinceEpoch - duration.wholeMicroseconds)
  }

  /// How long it is from `right` to `left`.
  public static func - (left: Timestamp, right: Timestamp) -> Duration {
    .microseconds(left.microsecondsSinceEpoch - right.microsecondsSinceEpoch)
  }
}

extension Duration {
  /// The duration in microseconds, what is below one cut off.
  var wholeMicroseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}

extension Timestamp: JSONCodable {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let offset = reader.offset
    self = try reader.readString { (utf8) throws(JSONError) -> Timestamp in
      do throws(TimestampError) { return try Timestamp(utf8: utf8) } catch {
        throw .invalidValue(error.description, at: offset)
      }
    }
  }

  public func write(to writer: inout JSONWriter) { withUTF8 { writer.write(utf8: $0) } }
}
