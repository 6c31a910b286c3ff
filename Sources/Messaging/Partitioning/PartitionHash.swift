/// Which partition a key belongs to: FNV-1a, which every version and every process computes alike.
package enum PartitionHash {
  package static func partition(of key: String, among count: Int32) -> Int32 {
    var key = key
    return key.withUTF8 { partition(of: UnsafeRawBufferPointer($0), among: count) }
  }

  package static func partition(of key: UnsafeRawBufferPointer, among count: Int32) -> Int32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    // The low bits alone would follow the last byte too closely.
    hash ^= hash >> 32
    return Int32(hash % UInt64(count))
  }
}
