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
  /// Labels that are computed together.
  private static let lanes = 16
  /// The number of labels, filled up.
  private static let columns = (RelationLabel.all.count + lanes - 1) / lanes * lanes

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
  /// By network, unit and label; the labels filled up to a multiple of ``lanes``.
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
      let padding = Self.columns - labels
      // By unit, so that a unit that is off costs nothing.
      for unit in 0..<Self.width {
        output += (0..<labels).map { byLabel[$0 * Self.width + unit] } + Array(repeating: 0, count: padding)
      }
      bias += floats(labels) + Array(repeating: -100, count: padding)
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

  /// A label that a pair may have.
  struct Candidate {
    var label: Int
    /// Of the mean of what the two networks say.
    var logit: Float
  }

  /// What is worked on for a pair, kept for the next one: nothing is allocated for a pair.
  struct Scratch {
    /// Room for the keys with their rows, and for the same sorted.
    fileprivate var entries = [UInt64](repeating: 0, count: 1_024)
    fileprivate(set) var candidates: [Candidate] = []
  }

  /// Logits below this are far from every threshold.
  private static let least: Float = -4

  /// Finds the labels whose logit is worth a look, in their order.
  ///
  /// - Parameter keys: The features of a pair, in any order and any of them more than once.
  func read(_ keys: [UInt32], _ scratch: inout Scratch) {
    scratch.candidates.removeAll(keepingCapacity: true)
    if scratch.entries.count < 2 * keys.count { scratch.entries = Array(repeating: 0, count: 2 * keys.count) }
    var one = (SIMD16<Float>(), SIMD16<Float>(), SIMD16<Float>())
    var other = one
    var known = 0
    scratch.entries.withUnsafeMutableBufferPointer { entries in
      let count = look(up: keys, into: entries)
      let found = UnsafeMutableBufferPointer(rebasing: entries[..<count])
      let sorted = UnsafeMutableBufferPointer(rebasing: entries[keys.count..<keys.count + count])
      Self.sort(found, into: sorted)
      var last: UInt64?
      // In the order of the keys, so that the sums do not depend on how the features were found.
      for entry in sorted where entry != last {
        last = entry
        known += 1
        let row = Int(UInt32(truncatingIfNeeded: entry))
        let start = rowStart + row * Self.rowSize
        add(start, scales[row * 2], to: &one)
        add(start + Self.width / 2, scales[row * 2 + 1], to: &other)
      }
    }
    let factor = 1 / (Float(known) + 1).squareRoot()
    withUnsafeTemporaryAllocation(of: ActiveUnit.self, capacity: Self.networks * Self.width) { units in
      units.initialize(repeating: ActiveUnit(value: 0, place: 0))
      let middle = activate(one, factor, network: 0, units, from: 0)
      let end = activate(other, factor, network: 1, units, from: middle)
      for column in stride(from: 0, to: Self.columns, by: Self.lanes) {
        let left = logits(column, UnsafeMutableBufferPointer(rebasing: units[..<middle]), network: 0)
        let right = logits(column, UnsafeMutableBufferPointer(rebasing: units[middle..<end]), network: 1)
        guard any((left .> -5) .| (right .> -5)) else { continue }
        // Where both are far from any threshold the exact mean does not matter.
        for lane in 0..<Self.lanes where max(left[lane], right[lane]) > -5 {
          let logit = Self.mean(left[lane], right[lane])
          if logit > Self.least { scratch.candidates.append(Candidate(label: column + lane, logit: logit)) }
        }
      }
    }
  }

  /// Notes the keys that the model knows, each with its row in the low half; how many.
  private func look(up keys: [UInt32], into found: UnsafeMutableBufferPointer<UInt64>) -> Int {
    var count = 0
    for key in keys {
      guard let row = row(of: key), row < rows else { continue }
      found[count] = UInt64(key) << 32 | UInt64(row)
      count += 1
    }
    return count
  }

  /// Sorts entries whose upper bits are hashes: by the uppermost six first, after which little is out of its place.
  static func sort(_ entries: UnsafeMutableBufferPointer<UInt64>, into sorted: UnsafeMutableBufferPointer<UInt64>) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 65) { places in
      places.initialize(repeating: 0)
      for entry in entries { places[Int(entry >> 58) + 1] += 1 }
      for bucket in 1...64 { places[bucket] += places[bucket - 1] }
      for entry in entries {
        let bucket = Int(entry >> 58)
        sorted[Int(places[bucket])] = entry
        places[bucket] += 1
      }
    }
    for index in 1..<max(1, sorted.count) {
      let entry = sorted[index]
      var place = index
      while place > 0, sorted[place - 1] > entry {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = entry
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

  /// A unit of a hidden layer that is on.
  private struct ActiveUnit {
    var value: Float
    /// Where its weights begin in ``output``.
    var place: Int32
  }

  /// Notes the units of a network that are on; where they end.
  private func activate(
    _ sums: Layer, _ factor: Float, network: Int, _ units: UnsafeMutableBufferPointer<ActiveUnit>, from start: Int
  ) -> Int {
    var end = start
    func note(_ sums: SIMD16<Float>, from unit: Int) {
      let bias = hidden.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: unit * 4, as: SIMD16<Float>.self) }
      let values = sums * factor + bias
      // Half of them are on, and which half is no more foreseen than a coin's side: written all, kept those that are.
      for lane in 0..<16 {
        units[end] = ActiveUnit(value: values[lane], place: Int32((unit + lane) * Self.columns))
        end += values[lane] > 0 ? 1 : 0
      }
    }
    note(sums.0, from: network * Self.width)
    note(sums.1, from: network * Self.width + 16)
    note(sums.2, from: network * Self.width + 32)
    return end
  }

  /// The logits of ``lanes`` labels from a column on.
  @inline(__always)
  private func logits(
    _ column: Int, _ units: UnsafeMutableBufferPointer<ActiveUnit>, network: Int
  ) -> SIMD16<Float> {
    var sums = bias.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: (network * Self.columns + column) * 4, as: SIMD16<Float>.self)
    }
    output.withUnsafeBytes { output in
      for unit in units {
        sums +=
          unit.value
          * output.loadUnaligned(fromByteOffset: (Int(unit.place) + column) * 4, as: SIMD16<Float>.self)
      }
    }
    return sums
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
