import Extraction
import Foundation

/// Fits how often the model is right to what it says and to what is seen of the name.
struct CalibrationFitter {
  struct Sample {
    var observations: [Double]
    var isRight: Bool
  }

  private(set) var samples: [Sample] = []

  mutating func add(_ name: EntityCalibration.Name, isRight: Bool) {
    samples.append(Sample(observations: name.observations, isRight: isRight))
  }

  mutating func add(_ other: CalibrationFitter) { samples += other.samples }

  /// Shrinks the weights towards those that repeat the model's own probability.
  private static let shrinkage = 3.0
  private static let steps = 30

  /// Newton's method on the regression's likelihood, each step halved until it helps.
  func fitted() -> EntityCalibration {
    let count = EntityCalibration.count
    let start = EntityCalibration.none.weights.map(Double.init)
    guard !samples.isEmpty else { return .none }
    var weights = start
    var loss = loss(weights, start)
    for _ in 0..<Self.steps {
      var slope = (0..<count).map { Self.shrinkage * (start[$0] - weights[$0]) }
      var curve = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
      for index in 0..<count { curve[index][index] = Self.shrinkage }
      for sample in samples {
        let probability = Self.probability(sample, weights)
        let error = (sample.isRight ? 1 : 0) - probability
        let bend = probability * (1 - probability)
        for row in 0..<count where sample.observations[row] != 0 {
          slope[row] += error * sample.observations[row]
          for column in 0..<count {
            curve[row][column] += bend * sample.observations[row] * sample.observations[column]
          }
        }
      }
      var step = Self.solve(curve, slope)
      var next = zip(weights, step).map { $0 + $1 }
      var lower = self.loss(next, start)
      while lower > loss, step.contains(where: { abs($0) > 1e-9 }) {
        step = step.map { $0 / 2 }
        next = zip(weights, step).map { $0 + $1 }
        lower = self.loss(next, start)
      }
      guard lower < loss - 1e-9 else { break }
      (weights, loss) = (next, lower)
    }
    return EntityCalibration(weights: weights.map(Float.init))
  }

  private static func probability(_ sample: Sample, _ weights: [Double]) -> Double {
    var sum = 0.0
    for (index, value) in sample.observations.enumerated() where value != 0 { sum += weights[index] * value }
    return 1 / (1 + exp(-sum))
  }

  private func loss(_ weights: [Double], _ start: [Double]) -> Double {
    var loss = 0.0
    for (weight, start) in zip(weights, start) { loss += Self.shrinkage / 2 * (weight - start) * (weight - start) }
    for sample in samples {
      let probability = min(1 - 1e-12, max(1e-12, Self.probability(sample, weights)))
      loss -= log(sample.isRight ? probability : 1 - probability)
    }
    return loss
  }

  /// The expected calibration error.
  ///
  /// - Parameters:
  ///   - areOthers: Of products and works; else of persons, places and organisations, which every corpus marks.
  ///   - calibrations: One for each of the fitters.
  static func error(
    of fitters: [CalibrationFitter], areOthers: Bool = false, under calibrations: [EntityCalibration]
  ) -> Double {
    var tenths = Array(repeating: 0.0, count: 10)
    var count = 0
    for (fitter, calibration) in zip(fitters, calibrations) {
      for sample in fitter.samples where (sample.observations[3] != 0) == areOthers {
        let confidence = calibration.confidence(of: sample.observations)
        tenths[min(9, Int(confidence * 10))] += confidence - (sample.isRight ? 1 : 0)
        count += 1
      }
    }
    return tenths.reduce(0) { $0 + abs($1) } / Double(max(1, count))
  }

  /// Solves a system of equations by elimination; the matrix is positive definite.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var matrix = matrix
    var right = right
    let count = right.count
    for pivot in 0..<count {
      for row in pivot + 1..<max(pivot + 1, count) {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        guard factor != 0 else { continue }
        for column in pivot..<count { matrix[row][column] -= factor * matrix[pivot][column] }
        right[row] -= factor * right[pivot]
      }
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for column in row + 1..<max(row + 1, count) { right[row] -= matrix[row][column] * right[column] }
      right[row] /= matrix[row][row]
    }
    return right
  }
}
