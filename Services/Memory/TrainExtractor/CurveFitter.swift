import Extraction

/// Fits how often the model is right to how probable it finds its names, kind by kind: an isotonic regression, read at
/// the points that the model's file holds.
struct CurveFitter {
  /// Each point as it is.
  static let straight: [Double] = (0..<4).flatMap { _ in
    (0..<EntityModel.curvePoints).map { Double($0) / Double(EntityModel.curvePoints - 1) }
  }

  private var samples: [[(probability: Double, isRight: Bool)]] = Array(repeating: [], count: 4)

  mutating func add(_ name: TaggedName, isRight: Bool) {
    let kind =
      switch name.tag {
      case .beginsPerson, .insidePerson: 0
      case .beginsLocation, .insideLocation: 1
      case .beginsOrganization, .insideOrganization: 2
      case .outside, .other: 3
      }
    samples[kind].append((name.probability, isRight))
  }

  func curves() -> [Double] { samples.flatMap(curve) }

  /// How far confidence and precision lie apart on one corpus when the curves are fitted to the others: the sum of the
  /// expected calibration error over its names, and their number.
  static func error(of held: CurveFitter, underCurvesOf others: [CurveFitter]) -> (sum: Double, count: Int) {
    var fitted = CurveFitter()
    for other in others {
      for kind in fitted.samples.indices { fitted.samples[kind] += other.samples[kind] }
    }
    let curves = fitted.curves()
    let last = Double(EntityModel.curvePoints - 1)
    var tenths = Array(repeating: 0.0, count: 10)
    var count = 0
    // Persons, places and organisations: what every corpus marks.
    for kind in 0..<3 {
      for sample in held.samples[kind] {
        let place = sample.probability * last
        let left = min(Int(place), EntityModel.curvePoints - 2)
        let share = place - Double(left)
        let low = curves[kind * EntityModel.curvePoints + left]
        let confidence = low + (curves[kind * EntityModel.curvePoints + left + 1] - low) * share
        tenths[min(9, Int(confidence * 10))] += confidence - (sample.isRight ? 1 : 0)
        count += 1
      }
    }
    return (tenths.reduce(0) { $0 + abs($1) }, count)
  }

  mutating func add(_ other: CurveFitter) {
    for kind in samples.indices { samples[kind] += other.samples[kind] }
  }

  private struct Block {
    /// How many points it stands for.
    var points: Int
    var right: Double
    var count: Double
    var mean: Double { right / count }
  }

  private func curve(_ samples: [(probability: Double, isRight: Bool)]) -> [Double] {
    let last = Double(EntityModel.curvePoints - 1)
    guard samples.count > 50 else { return (0..<EntityModel.curvePoints).map { Double($0) / last } }
    // Each sample speaks for the points on its two sides, by its distance from them; neighbours that are out of order are
    // averaged until none is.
    var right = [Double](repeating: 0, count: EntityModel.curvePoints)
    var count = right
    for sample in samples {
      let place = sample.probability * last
      let left = min(Int(place), EntityModel.curvePoints - 2)
      let share = place - Double(left)
      for (point, weight) in [(left, 1 - share), (left + 1, share)] {
        count[point] += weight
        if sample.isRight { right[point] += weight }
      }
    }
    var blocks: [Block] = []
    for point in right.indices {
      // A little of the straight line, so that an empty point is not at zero.
      let prior = 3.0
      blocks.append(
        Block(points: 1, right: right[point] + prior * Double(point) / last, count: count[point] + prior))
      while blocks.count > 1, blocks[blocks.count - 2].mean > blocks[blocks.count - 1].mean {
        let top = blocks.removeLast()
        blocks[blocks.count - 1].points += top.points
        blocks[blocks.count - 1].right += top.right
        blocks[blocks.count - 1].count += top.count
      }
    }
    return blocks.flatMap { Array(repeating: $0.mean, count: $0.points) }
  }
}
