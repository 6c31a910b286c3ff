import CNetworkLayers
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
  static let width = roost_relation_units
  static let networks = roost_relation_networks
  /// The size of a row in bytes.
  private static let rowSize = networks * width / 2
  /// The number of labels, filled up.
  private static let columns =
    (RelationLabel.all.count + roost_relation_lanes - 1) / roost_relation_lanes * roost_relation_lanes

  /// The model that is part of this program.
  package static let embedded = RelationModel(
    UnsafeRawBufferPointer(start: roost_relation_model(), count: roost_relation_model_size()))

  // Memory that nobody writes to, as `init` demands: that is what makes the model safe to share.
  private let table: RelationFeatureTable
  /// Nil for a model that knows no relation.
  private let rows: UnsafePointer<UInt8>?
  private var scales: [Float] = []
  private var hidden: [Float] = []
  /// By network, unit and label; the labels filled up.
  private var output: [Float] = []
  private var bias: [Float] = []
  /// Slope and offset by label, first for pairs in one sentence, then for pairs apart.
  private var calibration: [Float] = []
  /// By label, first for pairs in one sentence, then for pairs apart.
  package private(set) var thresholds: [Float] = []
  let containment: PlaceContainment

  package var isEmpty: Bool { rows == nil }

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
    let rowStart = Self.headerSize + slots * 4 + rows * Self.networks
    guard rows > 0, let base = bytes.baseAddress else {
      table = RelationFeatureTable(UnsafeRawBufferPointer(start: nil, count: 0), rows: 0)
      self.rows = nil
      containment = PlaceContainment(UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    table = RelationFeatureTable(
      UnsafeRawBufferPointer(rebasing: bytes[Self.headerSize..<Self.headerSize + slots * 4]), rows: rows)
    self.rows = (base + rowStart).assumingMemoryBound(to: UInt8.self)
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
    fileprivate var sums = [Float](repeating: 0, count: networks * width)
    fileprivate var logits = [Float](repeating: 0, count: networks * columns)
    fileprivate(set) var candidates: [Candidate] = []
  }

  private typealias Lanes = SIMD16<Float>
  /// Logits below this are far from every threshold.
  private static let least: Float = -4
  private static let far = Lanes(repeating: -5)

  /// Finds the labels whose logit is worth a look, in their order.
  ///
  /// - Parameter keys: The features of a pair, in any order and any of them more than once.
  func read(_ keys: UnsafeBufferPointer<UInt32>, _ scratch: inout Scratch) {
    scratch.candidates.removeAll(keepingCapacity: true)
    guard let rows else { return }
    let known = table.find(keys, in: &scratch.entries)
    let factor = 1 / (Float(known) + 1).squareRoot()
    roost_relation_sums(rows, scales, scratch.entries, known, &scratch.sums)
    roost_relation_logits(scratch.sums, factor, hidden, output, bias, Self.columns, &scratch.logits)
    scratch.logits.withUnsafeBytes { logits in
      for first in stride(from: 0, to: Self.columns, by: Lanes.scalarCount) {
        let one = logits.loadUnaligned(fromByteOffset: 4 * first, as: Lanes.self)
        let other = logits.loadUnaligned(fromByteOffset: 4 * (Self.columns + first), as: Lanes.self)
        // Where both are far from any threshold the exact mean does not matter.
        let isNear = (one .> Self.far) .| (other .> Self.far)
        guard any(isNear) else { continue }
        for lane in 0..<Lanes.scalarCount where isNear[lane] {
          let logit = Self.mean(one[lane], other[lane])
          if logit > Self.least { scratch.candidates.append(Candidate(label: first + lane, logit: logit)) }
        }
      }
    }
  }

  static func mean(_ one: Float, _ other: Float) -> Float {
    let mean = min(0.99999, max(0.00001, (1 / (1 + exp(-one)) + 1 / (1 + exp(-other))) / 2))
    return log(mean / (1 - mean))
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
