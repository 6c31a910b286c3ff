import Extraction

extension EntityNetworkTrainer {
  /// Weights beyond this many of their standard deviations are cut: each is a byte.
  private static let widest: Float = 12

  /// The compiled model.
  func serialized(_ calibration: EntityCalibration) -> [UInt8] {
    func steps(_ weight: Float, _ step: Float, _ limit: Float) -> Float {
      max(-limit, min(limit, (weight / step).rounded(.toNearestOrEven)))
    }
    func bytes(_ weights: some Sequence<Float>, _ step: Float) -> [Int8] {
      weights.map { Int8(steps($0, step, 127)) }
    }
    var parts = EntityModel.Parts()
    (parts.bits, parts.inputBits) = (bits, inputBits)
    parts.step = Self.widest * features.deviation / 127
    parts.inputStep = Self.widest * inputs.deviation / 127
    let codes = codeRows()
    parts.codeStep = codes.reduce(0) { max($0, abs($1)) } / 127
    parts.transitions = transitions.weights.map { Int16(steps($0, parts.step, 30_000)) }
    parts.calibration = calibration
    parts.dense =
      [inputOffsets, layer, context, hiddenOffsets, output].flatMap { Array($0.weights) }
    parts.codes = bytes(codes, parts.codeStep)
    parts.inputs = bytes(inputs.weights, parts.inputStep)
    parts.features = bytes(features.weights, parts.step)
    return EntityModel.serialized(parts)
  }

  /// What each code of a vector adds to the first layer; then what a missing vector adds, and a row of zeros.
  private func codeRows() -> [Float] {
    var rows: [Float] = []
    for pair in 0..<WordVectors.pairs {
      for code in 0..<WordVectors.codes {
        let values = vectors.numbers(pair: pair, code: code)
        for unit in 0..<Self.units {
          rows.append(
            projection.weights[2 * pair * Self.units + unit] * values.x
              + projection.weights[(2 * pair + 1) * Self.units + unit] * values.y)
        }
      }
    }
    rows += (0..<Self.units).map { projection.weights[2 * WordVectors.pairs * Self.units + $0] }
    return rows + Array(repeating: 0, count: Self.units)
  }
}
