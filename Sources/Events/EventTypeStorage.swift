import Glibc

/// What an event type's name says, worked out once.
final class EventTypeStorage: Sendable {
  let name: String
  private let bytes: ContiguousArray<UInt8>
  let segments: [EventSegment]
  let hash: UInt64

  /// - Parameter utf8: A name that ``refusal(of:)`` has nothing against.
  init(_ utf8: UnsafeBufferPointer<UInt8>, hash: UInt64) {
    self.name = String(decoding: utf8, as: UTF8.self)
    self.bytes = ContiguousArray(utf8)
    self.segments = utf8.split(separator: UInt8(ascii: ".")).map { EventSegment(UnsafeBufferPointer(rebasing: $0)) }
    self.hash = hash
  }

  /// Whether `utf8` is this name. Names are ASCII, so bytes decide.
  func isNamed(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == utf8.count, let start = utf8.baseAddress else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { memcmp($0, start, utf8.count) == 0 } ?? false
    }
  }

  /// What is wrong with `utf8` as an event type's name, or nil.
  static func refusal(of utf8: UnsafeBufferPointer<UInt8>) -> String? {
    if utf8.count > EventType.maximumLength { return "is longer than \(EventType.maximumLength) bytes" }
    var segments = 1
    var isEmpty = true
    for byte in utf8 {
      if byte == UInt8(ascii: ".") {
        if isEmpty { return "has an empty segment" }
        segments += 1
        isEmpty = true
      } else if isSegmentByte(byte) {
        isEmpty = false
      } else {
        return "may hold only a-z, 0-9, '_' and '.'"
      }
    }
    if utf8.isEmpty || isEmpty { return "has an empty segment" }
    guard (2...6).contains(segments) else { return "must have 2 to 6 segments, has \(segments)" }
    return nil
  }

  static func isSegmentByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
