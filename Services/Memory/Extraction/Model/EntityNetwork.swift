/// What the model holds of a sentence's tags: the sum of its features' weights, and of a small network that sees each
/// word and two on either side.
///
/// The first layer reads a word alone: the rows of its inputs and of the codes of its vector are added up and what is
/// negative is cut. The second one reads five words' first layers. One value serves a whole text and keeps its storage.
struct EntityNetwork: Sendable {
  private static let tags = EntityTag.count
  private static let units = EntityModel.inputUnits
  private static let hidden = EntityModel.hiddenUnits
  private static let reach = EntityModel.window / 2
  /// A score in steps lies within this, whatever a file says.
  private static let most: Float = 1_000_000
  private static let rounding: Float = 12_582_912

  private let model: EntityModel
  private let shift: UInt64
  private let inputShift: UInt64
  /// The first layer's units that are not zero, word after word: which and how much.
  private var active: [UInt8] = []
  private var values: [Float] = []
  private var starts: [Int32] = []

  init(_ model: EntityModel) {
    self.model = model
    shift = UInt64(64 - model.bits)
    inputShift = UInt64(64 - model.inputBits)
  }

  /// Gives the scores of the tags, eight a token, in steps of the model's weights.
  mutating func score(_ forms: SentenceForms, into scores: inout [Int32]) {
    scores.removeAll(keepingCapacity: true)
    guard let dense = model.dense else {
      scores.append(contentsOf: repeatElement(0, count: forms.count * Self.tags))
      return
    }
    readWords(forms, dense)
    let steps = 1 / model.step
    for index in 0..<forms.count {
      var sum = SIMD8<Int16>()
      forms.features(at: index, shift: shift) { row in
        sum &+= SIMD8<Int16>(
          truncatingIfNeeded: model.features.loadUnaligned(
            fromByteOffset: Int(row) &* Self.tags, as: SIMD8<Int8>.self))
      }
      var deep = readContext(index, count: forms.count, dense) * steps
      deep.replace(with: 0, where: deep .!= deep)
      deep.clamp(lowerBound: .init(repeating: -Self.most), upperBound: .init(repeating: Self.most))
      // Adding so much leaves the nearest whole number in the last bits. Both types are eight lanes of 32 bits, and every
      // pattern of bits is a value of either.
      let rounded =
        unsafeBitCast(deep + Self.rounding, to: SIMD8<Int32>.self) &- Int32(bitPattern: Self.rounding.bitPattern)
      let all = SIMD8<Int32>(truncatingIfNeeded: sum) &+ rounded
      for tag in 0..<Self.tags { scores.append(all[tag]) }
    }
  }

  /// The first layer.
  private mutating func readWords(_ forms: SentenceForms, _ dense: UnsafeRawPointer) {
    // One more than is kept: what is not kept is written over.
    let room = forms.count * Self.units + 1
    if values.count < room {
      values = Array(repeating: 0, count: room)
      active = Array(repeating: 0, count: room)
    }
    starts.removeAll(keepingCapacity: true)
    var count = 0
    for index in 0..<forms.count {
      starts.append(Int32(count))
      var written = Sums()
      forms.inputs(at: index, shift: inputShift) { written.add(model.inputs, Int($0)) }
      var meant = Sums()
      let slot = forms.vector(index)
      if slot >= 0 {
        forms.vectors.codes(slot) { pair, code in meant.add(model.codes, pair &* WordVectors.codes &+ code) }
      } else {
        meant.add(model.codes, EntityModel.missingCode)
      }
      keep(written.low, meant.low, from: 0, dense, &count)
      keep(written.middle, meant.middle, from: 16, dense, &count)
      keep(written.high, meant.high, from: 32, dense, &count)
    }
    starts.append(Int32(count))
  }

  /// Sums of rows of the first layer.
  private struct Sums {
    var (low, middle, high) = (SIMD16<Int16>(), SIMD16<Int16>(), SIMD16<Int16>())

    @inline(__always)
    mutating func add(_ rows: UnsafeRawPointer, _ row: Int) {
      let start = rows + row &* EntityNetwork.units
      low &+= SIMD16<Int16>(truncatingIfNeeded: start.loadUnaligned(as: SIMD16<Int8>.self))
      middle &+= SIMD16<Int16>(truncatingIfNeeded: start.loadUnaligned(fromByteOffset: 16, as: SIMD16<Int8>.self))
      high &+= SIMD16<Int16>(truncatingIfNeeded: start.loadUnaligned(fromByteOffset: 32, as: SIMD16<Int8>.self))
    }
  }

  @inline(__always)
  private mutating func keep(
    _ written: SIMD16<Int16>, _ meant: SIMD16<Int16>, from first: Int, _ dense: UnsafeRawPointer, _ count: inout Int
  ) {
    let layer =
      SIMD16<Float>(written) * model.inputStep + SIMD16<Float>(meant) * model.codeStep
      + dense.loadUnaligned(fromByteOffset: 4 &* first, as: SIMD16<Float>.self)
    for unit in 0..<16 {
      values[count] = layer[unit]
      active[count] = UInt8(truncatingIfNeeded: first &+ unit)
      count &+= layer[unit] > 0 ? 1 : 0
    }
  }

  /// The second layer at a word, and what it says of the tags.
  private func readContext(_ index: Int, count: Int, _ dense: UnsafeRawPointer) -> SIMD8<Float> {
    let weights = dense + 4 * Self.units
    let offsets = weights + 4 * EntityModel.window * Self.units * Self.hidden
    let output = offsets + 4 * Self.hidden
    var scores = SIMD8<Float>()
    active.withUnsafeBufferPointer { active in
      values.withUnsafeBufferPointer { values in
        // Half of the units at a time: their sums stay in registers.
        for half in stride(from: 0, to: Self.hidden, by: 32) {
          var first = offsets.loadUnaligned(fromByteOffset: 4 &* half, as: SIMD16<Float>.self)
          var second = offsets.loadUnaligned(fromByteOffset: 4 &* half &+ 64, as: SIMD16<Float>.self)
          for place in max(0, index - Self.reach)...min(count - 1, index + Self.reach) {
            let rows = weights + 4 &* (half &+ (place &- index &+ Self.reach) &* Self.units &* Self.hidden)
            for unit in Int(starts[place])..<Int(starts[place + 1]) {
              let row = rows + Int(active[unit]) &* (4 &* Self.hidden)
              let value = values[unit]
              first += row.loadUnaligned(as: SIMD16<Float>.self) * value
              second += row.loadUnaligned(fromByteOffset: 64, as: SIMD16<Float>.self) * value
            }
          }
          first.replace(with: 0, where: first .<= 0)
          second.replace(with: 0, where: second .<= 0)
          for unit in 0..<16 {
            let row = output + 4 &* Self.tags &* (half &+ unit)
            scores += row.loadUnaligned(as: SIMD8<Float>.self) * first[unit]
            scores += row.loadUnaligned(fromByteOffset: 64 &* Self.tags, as: SIMD8<Float>.self) * second[unit]
          }
        }
      }
    }
    return scores
  }
}
