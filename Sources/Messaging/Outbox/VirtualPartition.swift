/// Where a key belongs among the parts that relays share out between them.
///
/// Stored with each row, so the hash never changes.
enum VirtualPartition {
  static let count = 256

  /// FNV-1a of the key's bytes, folded to 0 ..< 256.
  static func of(_ key: String) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return Int((hash >> 56) ^ (hash >> 24) & 0xFF ^ hash & 0xFF)
  }
}
