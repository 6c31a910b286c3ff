import CEntityModel

/// The compiled model: a row of quantised weights for each hashed feature, the weights between neighbouring tags, and
/// the curves that turn its scores into confidences.
///
/// Opening it costs nothing, and it is read where it lies. A file that is not one, or is cut short, reads as a model
/// that finds nothing. Little-endian:
///
///     0     "REM1"
///     4     UInt32   bits of a row number
///     8     Float    what one step of a weight is worth
///     12    Float    the temperature that scores are divided by before they become probabilities
///     16    Int16    9 × 8 weights between tags; the last nine's row is the start of a sentence
///     160   UInt8    4 × 17 points of the curves of person, location, organisation and other, in 1/255
///     256   Int8     8 weights a row
package struct EntityModel: @unchecked Sendable {
  // Sendable: the bytes are read-only and outlive the value.
  package static let magic: [UInt8] = Array("REM1".utf8)
  package static let headerSize = 256
  package static let curvePoints = 17

  /// The weights of row 0; nil for a file that cannot be read.
  let rows: UnsafeRawPointer?
  package let bits: Int
  package let step: Float
  package let temperature: Float
  /// Weights by previous and next tag; the ninth row is the start.
  let transitions: [Int32]
  private let curves: [UInt8]

  package static let embedded = EntityModel(
    UnsafeRawBufferPointer(start: roost_entity_model(), count: roost_entity_model_size()))

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    let forbidden: Int32 = -1_000_000
    var transitions = [Int32](repeating: 0, count: (EntityTag.count + 1) * EntityTag.count)
    var isReadable = false
    var bits = 0
    if let base = bytes.baseAddress, bytes.count > Self.headerSize, bytes.prefix(4).elementsEqual(Self.magic) {
      bits = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
      isReadable = bits <= 24 && bytes.count == Self.headerSize + EntityTag.count << bits
      if isReadable {
        for place in transitions.indices {
          transitions[place] = Int32(
            Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: 16 + 2 * place, as: Int16.self)))
        }
      }
      rows = isReadable ? base + Self.headerSize : nil
    } else {
      rows = nil
    }
    for previous in 0...EntityTag.count {
      for next in EntityTag.allCases where !next.mayFollow(EntityTag(rawValue: previous)) {
        transitions[previous * EntityTag.count + next.rawValue] = forbidden
      }
    }
    self.bits = isReadable ? bits : 0
    self.transitions = transitions
    step = isReadable ? Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)) : 1
    temperature = isReadable ? Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)) : 1
    curves = isReadable ? Array(bytes[160..<160 + 4 * Self.curvePoints]) : Array(repeating: 128, count: 68)
  }

  /// How often the model is right about names of a kind to which it gives a probability.
  func confidence(_ probability: Double, of tag: EntityTag) -> Double {
    let curve =
      switch tag {
      case .beginsPerson, .insidePerson: 0
      case .beginsLocation, .insideLocation: 1
      case .beginsOrganization, .insideOrganization: 2
      case .outside, .other: 3
      }
    let place = max(0, min(1, probability)) * Double(Self.curvePoints - 1)
    let left = min(Int(place), Self.curvePoints - 2)
    let (low, high) = (curves[curve * Self.curvePoints + left], curves[curve * Self.curvePoints + left + 1])
    let share = place - Double(left)
    return min(0.99, max(0.01, (Double(low) * (1 - share) + Double(high) * share) / 255))
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - transitions: 9 × 8 weights in steps.
  ///   - curves: 4 × 17 points from 0 to 1.
  ///   - rows: 8 weights a row, in steps.
  package static func serialized(
    bits: Int, step: Float, temperature: Float, transitions: [Int16], curves: [Double], rows: [Int8]
  ) -> [UInt8] {
    var file = magic
    for value in [UInt32(bits), step.bitPattern, temperature.bitPattern] {
      withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) }
    }
    for value in transitions { withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) } }
    file += curves.map { UInt8(max(0, min(255, ($0 * 255).rounded()))) }
    file += [UInt8](repeating: 0, count: headerSize - file.count)
    file += rows.map { UInt8(bitPattern: $0) }
    return file
  }
}
