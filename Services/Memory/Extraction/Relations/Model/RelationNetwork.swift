import Foundation

/// The weights of the relation model while it is trained: feature rows, a rectified hidden layer, a logit a label.
///
/// Trained by stochastic gradient descent with per-weight rates (Adagrad) and dropout, from a seed: the same examples
/// give the same weights.
struct RelationNetwork {
  /// A pair: the rows of its features, its labels, and how much it counts.
  struct Example {
    var rows: Range<Int>
    var labels: [Int]
    var weight: Float
  }

  private(set) var embedding: [Float]
  private(set) var hidden: [Float]
  private(set) var output: [Float]
  private(set) var bias: [Float]
  private let width = RelationModel.width
  private let labelCount = RelationLabel.all.count
  private var random: SeededGenerator

  init(rows: Int, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    embedding = []
    output = []
    hidden = Array(repeating: 0.1, count: RelationModel.width)
    bias = Array(repeating: -5, count: RelationLabel.all.count)
    embedding = (0..<rows * width).map { _ in random.symmetric() * 0.17 }
    output = (0..<labelCount * width).map { _ in random.symmetric() * 0.17 }
  }

  /// - Parameters:
  ///   - rows: The feature rows of all examples, one after another.
  ///   - passes: How often each example is seen.
  mutating func train(
    _ examples: [Example], rows: [Int32], passes: Int, rate: Float = 0.12, dropout: Float = 0.4,
    hiddenDropout: Float = 0.1
  ) {
    var embeddingSquares = [Float](repeating: 1e-3, count: embedding.count)
    var outputSquares = [Float](repeating: 1e-3, count: output.count)
    var hiddenSquares = [Float](repeating: 1e-3, count: width)
    var biasSquares = [Float](repeating: 1e-3, count: labelCount)
    var order = Array(examples.indices)
    var random = random
    var (layer, gradient) = ([Float](repeating: 0, count: width), [Float](repeating: 0, count: width))
    var scores = [Float](repeating: 0, count: labelCount)
    var kept: [Int] = []
    let (width, labelCount) = (width, labelCount)
    embedding.withUnsafeMutableBufferPointer { embedding in
      embeddingSquares.withUnsafeMutableBufferPointer { embeddingSquares in
        output.withUnsafeMutableBufferPointer { output in
          for pass in 0..<passes {
            let rate = rate * (1 - 0.9 * Float(pass) / Float(max(1, passes - 1)))
            for index in stride(from: order.count - 1, to: 0, by: -1) {
              order.swapAt(index, Int(random.next() % UInt64(index + 1)))
            }
            for number in order {
              let example = examples[number]
              kept.removeAll(keepingCapacity: true)
              for index in example.rows where random.unit() >= dropout { kept.append(Int(rows[index]) * width) }
              let factor = 1 / (Float(example.rows.count) + 1).squareRoot() / (1 - dropout)
              for unit in 0..<width { layer[unit] = 0 }
              for row in kept { for unit in 0..<width { layer[unit] += embedding[row + unit] } }
              for unit in 0..<width {
                let value = layer[unit] * factor + hidden[unit]
                let isDropped = value <= 0 || random.unit() < hiddenDropout
                layer[unit] = isDropped ? 0 : value / (1 - hiddenDropout)
              }
              for label in 0..<labelCount {
                var sum = bias[label]
                for unit in 0..<width { sum += output[label * width + unit] * layer[unit] }
                scores[label] = 1 / (1 + exp(-sum))
              }
              for label in example.labels { scores[label] -= 1 }
              for unit in 0..<width { gradient[unit] = 0 }
              for label in 0..<labelCount {
                let slope = scores[label] * example.weight
                guard abs(slope) > 1e-4 else { continue }
                biasSquares[label] += slope * slope
                bias[label] -= rate * slope / biasSquares[label].squareRoot()
                for unit in 0..<width where layer[unit] > 0 {
                  let place = label * width + unit
                  gradient[unit] += slope * output[place]
                  let step = slope * layer[unit]
                  outputSquares[place] += step * step
                  output[place] -= rate * step / outputSquares[place].squareRoot()
                }
              }
              var largest: Float = 0
              for unit in 0..<width {
                gradient[unit] = layer[unit] > 0 ? gradient[unit] / (1 - hiddenDropout) : 0
                largest = max(largest, abs(gradient[unit]))
              }
              guard largest > 1e-4 else { continue }
              for unit in 0..<width {
                hiddenSquares[unit] += gradient[unit] * gradient[unit]
                hidden[unit] -= rate * gradient[unit] / hiddenSquares[unit].squareRoot()
                gradient[unit] *= factor
              }
              for row in kept {
                for unit in 0..<width {
                  let step = gradient[unit]
                  embeddingSquares[row + unit] += step * step
                  embedding[row + unit] -= rate * step / embeddingSquares[row + unit].squareRoot()
                }
              }
            }
          }
        }
      }
    }
    self.random = random
  }

  /// Replaces each row by what is left of it in four bits a unit.
  mutating func round() {
    for row in stride(from: 0, to: embedding.count, by: width) {
      let (code, units) = RelationModelWriter.closest(embedding[row..<row + width])
      let scale = RelationModel.scale(code)
      for unit in 0..<width { embedding[row + unit] = (Float(units[unit]) - 8) * scale }
    }
  }

  /// The logits of an example.
  func logits(_ rows: [Int32]) -> [Float] {
    let factor = 1 / (Float(rows.count) + 1).squareRoot()
    var layer = [Float](repeating: 0, count: width)
    for row in rows { for unit in 0..<width { layer[unit] += embedding[Int(row) * width + unit] } }
    for unit in 0..<width { layer[unit] = max(0, layer[unit] * factor + hidden[unit]) }
    return (0..<labelCount).map { label in
      var sum = bias[label]
      for unit in 0..<width { sum += output[label * width + unit] * layer[unit] }
      return sum
    }
  }
}

/// SplitMix64: a stream of numbers from a seed, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// From 0 to below 1.
  mutating func unit() -> Float { Float(next() >> 40) * (1 / 16_777_216) }

  /// From -1 to 1.
  mutating func symmetric() -> Float { unit() * 2 - 1 }
}
