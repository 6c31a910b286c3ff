/// A growing run of feature hashes that is never shared, so that adding one is a store: a pair has a hundred of them.
struct FeatureKeys: ~Copyable {
  private var storage = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 512)
  private(set) var count = 0

  deinit { storage.deallocate() }

  /// Valid until the next change.
  var all: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(rebasing: storage[..<count]) }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ key: UInt32) {
    if count == storage.count { grow() }
    storage[count] = key
    count &+= 1
  }

  /// Sorts them and leaves each once.
  mutating func makeUnique() {
    storage[..<count].sort()
    var kept = 0
    for index in 0..<count where kept == 0 || storage[kept - 1] != storage[index] {
      storage[kept] = storage[index]
      kept += 1
    }
    count = kept
  }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: storage.count * 2)
    _ = larger.initialize(from: storage)
    storage.deallocate()
    storage = larger
  }
}
