import CRelationModel
import Foundation

/// The trained relation model: a network with one hidden layer over hashed features, read where it lies.
///
/// A pair's features are looked up in an open-addressing table of fingerprints; each row is the feature's share of the
/// hidden layer in four bits a unit with a scale of its own. A file that is none, or is cut short, knows no relation.
/// Little-endian, as ``RelationModelWriter`` writes it.
package struct RelationModel: @unchecked Sendable {
  static let magic: [UInt8] = Array("RRM1".utf8)
  static let headerSize = 20
  /// The width of the hidden layer.
  static let width = 48

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
      let floats = Self.width + labels * (Self.width + 6)
      let size = Self.headerSize + slots * 4 + rows * (1 + Self.width / 2) + floats * 4 + placeBytes
      if slots & (slots - 1) != 0 || rows > slots || number(12) != labels || bytes.count != size {
        (slots, rows, placeBytes) = (0, 0, 0)
      }
    }
    self.bytes = bytes
    self.slots = slots
    self.rows = rows
    rowStart = Self.headerSize + slots * 4 + rows
    guard rows > 0 else {
      containment = PlaceContainment(UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    containment = PlaceContainment(UnsafeRawBufferPointer(rebasing: bytes.suffix(placeBytes)))
    scales = (0..<rows).map { Self.scale(bytes[Self.headerSize + slots * 4 + $0]) }
    var offset = rowStart + rows * Self.width / 2
    func floats(_ count: Int) -> [Float] {
      defer { offset += count * 4 }
      return (0..<count).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + $0 * 4, as: UInt32.self)))
      }
    }
    hidden = floats(Self.width)
    let byLabel = floats(labels * Self.width)
    // By unit, so that a unit that is off costs nothing.
    output = (0..<Self.width).flatMap { unit in (0..<labels).map { byLabel[$0 * Self.width + unit] } }
    bias = floats(labels)
    calibration = floats(labels * 4)
    thresholds = floats(labels)
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

  /// The logit of each label for a pair's features.
  func logits(_ keys: [UInt32]) -> [Float] {
    var sums = (SIMD16<Float>(), SIMD16<Float>(), SIMD16<Float>())
    var known = 0
    for key in keys {
      guard let row = row(of: key), row < rows else { continue }
      known += 1
      let start = rowStart + row * (Self.width / 2)
      let low = bytes.loadUnaligned(fromByteOffset: start, as: SIMD8<UInt8>.self)
      let middle = bytes.loadUnaligned(fromByteOffset: start + 8, as: SIMD8<UInt8>.self)
      let high = bytes.loadUnaligned(fromByteOffset: start + 16, as: SIMD8<UInt8>.self)
      let scale = scales[row]
      sums.0 += Self.unpack(low) * scale
      sums.1 += Self.unpack(middle) * scale
      sums.2 += Self.unpack(high) * scale
    }
    let factor = 1 / (Float(known) + 1).squareRoot()
    var logits = bias
    let labels = bias.count
    output.withUnsafeBufferPointer { output in
      for unit in 0..<Self.width {
        let sum = unit < 16 ? sums.0[unit] : unit < 32 ? sums.1[unit - 16] : sums.2[unit - 32]
        let value = sum * factor + hidden[unit]
        guard value > 0 else { continue }
        logits.withUnsafeMutableBufferPointer { logits in
          for label in 0..<labels { logits[label] += value * output[unit * labels + label] }
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

  /// The probability that a label with this logit holds.
  func probability(_ logit: Float, _ label: Int, isApart: Bool) -> Double {
    let place = (isApart ? RelationLabel.all.count * 2 : 0) + label * 2
    return 1 / (1 + exp(-Double(calibration[place] * logit + calibration[place + 1])))
  }
}
