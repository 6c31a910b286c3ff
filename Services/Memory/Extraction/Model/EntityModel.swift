import CEntityModel
import CNetworkLayers
import Foundation

/// The compiled model: a row of quantised weights for each hashed feature, a small network beside them, the weights
/// between neighbouring tags, and what turns its probabilities into confidences.
///
/// Opening it costs nothing, and it is read where it lies. A file that is not one, or is cut short, reads as a model
/// that finds nothing. Little-endian:
///
///     0     "REM3"
///     4     UInt32   bits of a row number of the features
///     8     UInt32   bits of a row number of the network's inputs
///     12    Float    what one step of a weight of the features and between tags is worth
///     16    Float    what one step of the rows of inputs is worth
///     20    Float    what one step of the rows of codes is worth
///     24    Int16    9 × 8 weights between tags; the last nine's row is the start of a sentence
///     168   Float    the calibration
///     512   Float    48 of the first layer's offsets; of the second layer 5 × 48 × 64 weights of words, 48 × 64 of the
///                    whole sentence and 64 offsets; 64 × 8 weights of the tags
///     …     Int8     402 × 48: the rows of the codes of word vectors, of a word without one, and one of zeros
///     …     Int8     48 weights a row: the inputs
///     …     Int8     8 weights a row: the features
package struct EntityModel: @unchecked Sendable {
  // Sendable: the bytes are read-only and outlive the value.
  package static let magic: [UInt8] = Array("REM3".utf8)
  package static let headerSize = 512
  /// Units of the two layers, and how many words the second one sees.
  package static let inputUnits = roost_entity_inputs
  package static let hiddenUnits = roost_entity_hidden
  package static let window = roost_entity_window
  package static let codeRows = WordVectors.pairs * WordVectors.codes + 2
  private static let shareCount = 2_048
  /// The row of a word without a vector.
  static let missingCode = WordVectors.pairs * WordVectors.codes
  /// The row of zeros.
  static let emptyCode = missingCode + 1
  static let denseCount =
    inputUnits + (window + 1) * inputUnits * hiddenUnits + hiddenUnits + hiddenUnits * EntityTag.count

  /// The first numbers of the network; nil for a file that cannot be read.
  let dense: UnsafeRawPointer?
  let codes: UnsafePointer<Int8>
  let inputs: UnsafePointer<Int8>
  let features: UnsafePointer<Int8>
  package let bits: Int
  package let inputBits: Int
  package let step: Float
  package let inputStep: Float
  package let codeStep: Float
  /// Weights by previous tag, the next ones side by side; the ninth row is the start.
  let transitions: [SIMD8<Int32>]
  /// The same as factors of a probability, and by next tag, the previous ones side by side.
  let factors: [SIMD8<Double>]
  let factorsByNext: [SIMD8<Double>]
  /// What a tag that is so many steps behind the best one is worth beside it, as far as it is worth much.
  let shares: [Double]
  package let calibration: EntityCalibration

  package static let embedded = EntityModel(
    UnsafeRawBufferPointer(start: roost_entity_model(), count: roost_entity_model_size()))

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    func number(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    let denseEnd = Self.headerSize + 4 * Self.denseCount
    let inputStart = denseEnd + Self.codeRows * Self.inputUnits
    var isReadable = false
    var (bits, inputBits) = (0, 0)
    if bytes.count > inputStart, bytes.prefix(4).elementsEqual(Self.magic) {
      (bits, inputBits) = (Int(number(4)), Int(number(8)))
      isReadable =
        (1...24).contains(bits) && (1...24).contains(inputBits)
        && bytes.count == inputStart + Self.inputUnits << inputBits + EntityTag.count << bits
    }
    let forbidden: Int32 = -1_000_000
    var transitions = [SIMD8<Int32>](repeating: .zero, count: EntityTag.count + 1)
    for previous in 0...EntityTag.count {
      for next in EntityTag.allCases {
        let offset = 24 + 2 * (previous * EntityTag.count + next.rawValue)
        transitions[previous][next.rawValue] =
          !next.mayFollow(EntityTag(rawValue: previous))
          ? forbidden
          : isReadable ? Int32(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self))) : 0
      }
    }
    self.transitions = transitions
    let scale = isReadable ? Double(Float(bitPattern: number(12))) : 1
    var factors = [SIMD8<Double>](repeating: .zero, count: EntityTag.count + 1)
    var factorsByNext = [SIMD8<Double>](repeating: .zero, count: EntityTag.count)
    for previous in 0...EntityTag.count {
      for next in 0..<EntityTag.count {
        factors[previous][next] = exp(Double(transitions[previous][next]) * scale)
        if previous < EntityTag.count { factorsByNext[next][previous] = factors[previous][next] }
      }
    }
    self.factors = factors
    self.factorsByNext = factorsByNext
    shares = (0..<Self.shareCount).map { exp(-Double($0) * scale) }
    if isReadable, let base = bytes.baseAddress {
      dense = base + Self.headerSize
      codes = (base + denseEnd).assumingMemoryBound(to: Int8.self)
      inputs = (base + inputStart).assumingMemoryBound(to: Int8.self)
      features = inputs + Self.inputUnits << inputBits
      self.bits = bits
      self.inputBits = inputBits
      step = Float(bitPattern: number(12))
      inputStep = Float(bitPattern: number(16))
      codeStep = Float(bitPattern: number(20))
      calibration = EntityCalibration(
        weights: (0..<EntityCalibration.count).map { Float(bitPattern: number(168 + 4 * $0)) })
    } else {
      dense = nil
      codes = UnsafeRawPointer(roost_entity_model()).assumingMemoryBound(to: Int8.self)
      inputs = codes
      features = codes
      self.bits = 1
      self.inputBits = 1
      step = 1
      inputStep = 1
      codeStep = 1
      calibration = .none
    }
  }

  /// What a file holds; weights are in steps.
  package struct Parts {
    package var bits = 1
    package var inputBits = 1
    package var step: Float = 1
    package var inputStep: Float = 1
    package var codeStep: Float = 1
    package var transitions = [Int16](repeating: 0, count: (EntityTag.count + 1) * EntityTag.count)
    package var calibration = EntityCalibration.none
    package var dense = [Float](repeating: 0, count: EntityModel.denseCount)
    package var codes = [Int8](repeating: 0, count: EntityModel.codeRows * EntityModel.inputUnits)
    package var inputs = [Int8](repeating: 0, count: EntityModel.inputUnits << 1)
    package var features = [Int8](repeating: 0, count: EntityTag.count << 1)

    package init() {}
  }

  /// Writes the file.
  package static func serialized(_ parts: Parts) -> [UInt8] {
    var file = magic
    func append(_ value: UInt32) { withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) } }
    append(UInt32(parts.bits))
    append(UInt32(parts.inputBits))
    for value in [parts.step, parts.inputStep, parts.codeStep] { append(value.bitPattern) }
    for value in parts.transitions { withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) } }
    for value in parts.calibration.weights { append(value.bitPattern) }
    file += [UInt8](repeating: 0, count: headerSize - file.count)
    for value in parts.dense { append(value.bitPattern) }
    for rows in [parts.codes, parts.inputs, parts.features] { file += rows.map { UInt8(bitPattern: $0) } }
    return file
  }
}
