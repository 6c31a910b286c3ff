/// Weights, with the sums of their squared slopes, by which each has its own rate, and the mean of what they were.
///
/// A reference, so that the many tables of a network are changed in place; used by one training at a time.
final class WeightTable {
  let weights: UnsafeMutableBufferPointer<Float>
  /// For the inner loops; valid as long as the table is.
  let rows: WeightRows
  private var sums: [Float] = []
  private var added: Float = 0

  /// - Parameters:
  ///   - spread: The weights start between this and its negative.
  ///   - squares: Where the sums of squared slopes start.
  init(count: Int, spread: Float, squares start: Float, _ random: inout SplitMix) {
    rows = WeightRows(weights: .allocate(capacity: count), squares: .allocate(capacity: count))
    rows.squares.initialize(repeating: start, count: count)
    rows.weights.initialize(repeating: 0, count: count)
    weights = UnsafeMutableBufferPointer(start: rows.weights, count: count)
    if spread > 0 {
      for index in weights.indices { weights[index] = spread * Float(2 * random.share() - 1) }
    }
  }

  deinit {
    rows.weights.deallocate()
    rows.squares.deallocate()
  }

  func addToMean() {
    if sums.isEmpty { sums = Array(repeating: 0, count: weights.count) }
    for index in sums.indices { sums[index] += weights[index] }
    added += 1
  }

  func takeMean() {
    guard added > 0 else { return }
    for index in sums.indices { weights[index] = sums[index] / added }
    sums = []
    added = 0
  }

  /// The standard deviation of the weights that are not zero.
  var deviation: Float {
    var sum = 0.0
    var count = 0.0
    for weight in weights where weight != 0 {
      sum += Double(weight * weight)
      count += 1
    }
    return Float((sum / max(1, count)).squareRoot())
  }
}
