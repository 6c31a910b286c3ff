/// One part of an event type's name, with its hash worked out once.
struct EventSegment: Hashable, Sendable {
  let text: String
  let hash: UInt64

  init(_ utf8: UnsafeBufferPointer<UInt8>) {
    text = String(decoding: utf8, as: UTF8.self)
    hash = seededHash(utf8)
  }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    self = bytes.withUnsafeBufferPointer { EventSegment($0) }
  }

  static func == (left: EventSegment, right: EventSegment) -> Bool {
    left.hash == right.hash && left.text == right.text
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// Chosen anew by each process, so that nobody outside can prepare names that collide.
private let hashSeed = UInt64.random(in: .min ... .max)

/// A quick hash of a short name; not for use outside the process.
func seededHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash = hashSeed ^ UInt64(bytes.count)
  var index = 0
  func mix(_ word: UInt64) {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    hash = product.high ^ product.low
  }
  while index + 8 <= bytes.count {
    mix(UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index += 8
  }
  var tail: UInt64 = 0
  while index < bytes.count {
    tail = tail << 8 | UInt64(bytes[index])
    index += 1
  }
  mix(tail)
  mix(hashSeed)
  return hash
}
