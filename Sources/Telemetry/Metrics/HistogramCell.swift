import Synchronization

/// The counts of one histogram series; an observation is two atomic additions and a short search.
final class HistogramCell: Sendable {
  static let bucketLimit = 31

  /// Upper bounds, ascending, without infinity.
  let bounds: [Double]
  private let counts = InlineArray<32, Atomic<Int>> { _ in Atomic(0) }
  private let sum = ScalarCell()

  init(buckets: [Double]) {
    bounds = Array(Set(buckets.filter(\.isFinite)).sorted().prefix(Self.bucketLimit))
  }

  func record(_ value: Double) {
    guard !value.isNaN else { return }
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if value <= bounds[middle] { high = middle } else { low = middle + 1 }
    }
    counts[low].add(1, ordering: .relaxed)
    sum.add(value)
  }

  /// Counts up to each bound, the last one being all of them, and the sum of what was observed.
  func snapshot() -> (cumulative: [Int], sum: Double) {
    var total = 0
    let cumulative = (0...bounds.count).map { index in
      total += counts[index].load(ordering: .relaxed)
      return total
    }
    return (cumulative, sum.value)
  }
}
