import Synchronization

/// One number that many threads change without a lock.
final class ScalarCell: Sendable {
  private let bits = Atomic<UInt64>(Double(0).bitPattern)

  var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  func add(_ amount: Double) {
    var known = bits.load(ordering: .relaxed)
    while true {
      let (exchanged, found) = bits.weakCompareExchange(
        expected: known, desired: (Double(bitPattern: known) + amount).bitPattern, ordering: .relaxed)
      if exchanged { return }
      known = found
    }
  }
}
