import CRelationModel
import Foundation

/// The trained relation model: two networks with one hidden layer each over the same hashed features, read where they
/// lie. They differ by the seed that they were trained from; their mean is better than either.
///
/// A pair's features are looked up in an open-addressing table of fingerprints; each row is the feature's share of both
/// hidden layers in four bits a unit, with a scale for each. A file that is none, or is cut short, knows no relation.
/// Little-endian, as ``RelationModelWriter`` writes it.
package struct RelationModel: @unchecked Sendable {
  static let magic: [UInt8] = Array("RRM3".utf8)
  static let headerSize = 20
  /// The width of a network's hidden layer.
  static let width = 48
  static let networks = 2
  /// The size of a row in bytes.
  private static let rowSize = networks * width / 2

  /// The model that is part of this program.
  package static let embedded = RelationModel(
    UnsafeRawBufferPointer(start: roost_relation_model(), count: roost_relation_model_size()))

  // Memory that nobody writes to, as `init` demands: that is what makes the model safe to share.
  private let bytes: UnsafeRawBufferPointer
  private let slots: Int
  private let rows: Int
  private let rowStart: Int
  private var scales: [Float] = []
  private var hidden: [Float] = []
  private var output: [Float] = []
  private var bias: [Float] = []
  /// Slope and offset by label, first for pairs in one sentence, then for pairs apart.
  private var calibration: [Float] = []
  /// By label, first for pairs in one sentence, then for pairs apart.
  package private(set) var thresholds: [Float] = []
  let containment: PlaceContainment

  package var isEmpty: Bool { rows == 0 }

  /// - Parameter bytes: A model file, which must outlive the value and never change.
  package init(_ bytes: UnsafeRawBufferPointer) {
    func number(_ offset: Int) -> Int {
      Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    let labels = RelationLabel.all.count
    var (slots, rows, placeBytes) = (0, 0, 0)
    if bytes.count >= Self.headerSize, bytes.prefix(4).elementsEqual(Self.magic) {
      (slots, rows, placeBytes) = (number(4), number(8), number(16))
      let floats = Self.networks * (Self.width + labels * (Self.width + 1)) + labels * 6
      let size = Self.headerSize + slots * 4 + rows * (Self.networks + Self.rowSize) + floats * 4 + placeBytes
      if slots & (slots - 1) != 0 || rows > slots || number(12) != labels || bytes.count != size {
        (slots, rows, placeBytes) = (0, 0, 0)
      }
    }
    self.bytes = bytes
    self.slots = slots
    self.rows = rows
    rowStart = Self.headerSize + slots * 4 + rows * Self.networks
    guard rows > 0 else {
      containment = PlaceContainment(UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    containment = PlaceContainment(UnsafeRawBufferPointer(rebasing: bytes.suffix(placeBytes)))
    scales = (0..<rows * Self.networks).map { Self.scale(bytes[Self.headerSize + slots * 4 + $0]) }
    var offset = rowStart + rows * Self.rowSize
    func floats(_ count: Int) -> [Float] {
      defer { offset += count * 4 }
      return (0..<count).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + $0 * 4, as: UInt32.self)))
      }
    }
    for _ in 0..<Self.networks {
      hidden += floats(Self.width)
      let byLabel = floats(labels * Self.width)
      // By unit, so that a unit that is off costs nothing.
      output += (0..<Self.width).flatMap { unit in (0..<labels).map { byLabel[$0 * Self.width + unit] } }
      bias += floats(labels)
    }
    calibration = floats(labels * 4)
    thresholds = floats(labels * 2)
  }

  /// Eight steps to a factor of two.
  static func scale(_ code: UInt8) -> Float { Float(exp2(Double(Int(code) - 160) / 8)) }

  /// The row of a feature, or nil for one that the model does not know.
  @inline(__always)
  private func row(of key: UInt32) -> Int? {
    var slot = Int(key) & (slots - 1)
    let fingerprint = UInt16(truncatingIfNeeded: key >> 16)
    while true {
      let entry = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: Self.headerSize + slot * 4, as: UInt32.self))
      if entry == 0 { return nil }
      if UInt16(truncatingIfNeeded: entry) == fingerprint { return Int(entry >> 16) - 1 }
      slot = (slot + 1) & (slots - 1)
    }
  }

  /// The logit of each label for a pair's features: of the mean of what the two networks say.
  func logits(_ keys: [UInt32]) -> [Float] {
    var one = (SIMD16<Float>(), SIMD16<Float>(), SIMD16<Float>())
    var other = one
    var known = 0
    for key in keys {
      guard let row = row(of: key), row < rows else { continue }
      known += 1
      let start = rowStart + row * Self.rowSize
      add(start, scales[row * 2], to: &one)
      add(start + Self.width / 2, scales[row * 2 + 1], to: &other)
    }
    let factor = 1 / (Float(known) + 1).squareRoot()
    let left = output(one, factor, 0)
    let right = output(other, factor, 1)
    return left.indices.map { label in
      // Far from any threshold the exact mean does not matter.
      guard max(left[label], right[label]) > -5 else { return min(left[label], right[label]) }
      return Self.mean(left[label], right[label])
    }
  }

  static func mean(_ one: Float, _ other: Float) -> Float {
    let mean = min(0.99999, max(0.00001, (1 / (1 + exp(-one)) + 1 / (1 + exp(-other))) / 2))
    return log(mean / (1 - mean))
  }

  private typealias Layer = (SIMD16<Float>, SIMD16<Float>, SIMD16<Float>)

  @inline(__always)
  private func add(_ start: Int, _ scale: Float, to sums: inout Layer) {
    sums.0 += Self.unpack(bytes.loadUnaligned(fromByteOffset: start, as: SIMD8<UInt8>.self)) * scale
    sums.1 += Self.unpack(bytes.loadUnaligned(fromByteOffset: start + 8, as: SIMD8<UInt8>.self)) * scale
    sums.2 += Self.unpack(bytes.loadUnaligned(fromByteOffset: start + 16, as: SIMD8<UInt8>.self)) * scale
  }

  private func output(_ sums: Layer, _ factor: Float, _ network: Int) -> [Float] {
    let labels = RelationLabel.all.count
    var logits = Array(bias[network * labels..<(network + 1) * labels])
    output.withUnsafeBufferPointer { output in
      for unit in 0..<Self.width {
        let sum = unit < 16 ? sums.0[unit] : unit < 32 ? sums.1[unit - 16] : sums.2[unit - 32]
        let value = sum * factor + hidden[network * Self.width + unit]
        guard value > 0 else { continue }
        let start = (network * Self.width + unit) * labels
        logits.withUnsafeMutableBufferPointer { logits in
          for label in 0..<labels { logits[label] += value * output[start + label] }
        }
      }
    }
    return logits
  }

  /// The low halves are the first eight units, the high halves the next eight.
  @inline(__always)
  private static func unpack(_ packed: SIMD8<UInt8>) -> SIMD16<Float> {
    let low = SIMD8<Float>(packed & 15) - 8
    let high = SIMD8<Float>(packed &>> 4) - 8
    return SIMD16<Float>(lowHalf: low, highHalf: high)
  }

  /// The least probability at which a label is told.
  func threshold(_ label: Int, isApart: Bool) -> Double {
    Double(thresholds[(isApart ? RelationLabel.all.count : 0) + label])
  }

  /// The probability that a label with this logit holds.
  func probability(_ logit: Float, _ label: Int, isApart: Bool) -> Double {
    let place = (isApart ? RelationLabel.all.count * 2 : 0) + label * 2
    return 1 / (1 + exp(-Double(calibration[place] * logit + calibration[place + 1])))
  }
}
