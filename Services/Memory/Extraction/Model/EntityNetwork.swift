import CNetworkLayers

/// What the model holds of a sentence's tags: the sum of its features' weights, and of a small network that sees each
/// word and two on either side, and what kind of sentence they stand in.
///
/// The first layer reads a word alone: the rows of its inputs and of the codes of its vector are added up and what is
/// negative is cut. The second one reads five words' first layers and the mean of the whole sentence's. One value serves a
/// whole text and keeps its storage.
struct EntityNetwork: Sendable {
  private static let units = EntityModel.inputUnits
  private static let hidden = EntityModel.hiddenUnits
  private static let inputs = SentenceForms.inputCount
  /// Rows of codes for each word, whether it has a vector or none.
  private static let codes = WordVectors.pairs
  /// A score in steps lies within this, whatever a file says.
  private static let most: Float = 1_000_000
  private static let rounding: Float = 12_582_912

  private let model: EntityModel
  private let shift: UInt64
  private let inputShift: UInt64
  /// The rows of features that are added up, and those of the first layer, word after word.
  private var featureRows: [UInt32] = []
  private var inputRows: [UInt32] = []
  private var codeRows: [UInt32] = []
  /// The first layer's units that are not zero, word after word: which and how much.
  private var active: [UInt8] = []
  private var values: [Float] = []
  private var starts: [Int32] = []
  /// What is the same at each word of the second layer.
  private var context = [Float](repeating: 0, count: hidden)
  /// What the features say of the tags, and what the second layer does.
  private var wide: [SIMD8<Int32>] = []
  private var deep: [SIMD8<Float>] = []

  init(_ model: EntityModel) {
    self.model = model
    shift = UInt64(64 - model.bits)
    inputShift = UInt64(64 - model.inputBits)
  }

  /// Gives the scores of the tags by token, in steps of the model's weights.
  mutating func score(_ forms: SentenceForms, into scores: inout [SIMD8<Int32>]) {
    scores.removeAll(keepingCapacity: true)
    guard let dense = model.dense, forms.count > 0 else {
      scores.append(contentsOf: repeatElement(.zero, count: forms.count))
      return
    }
    makeRoom(forms.count)
    findRows(forms)
    readLayers(forms.count, dense)
    let steps = 1 / model.step
    for index in 0..<forms.count {
      var deep = deep[index] * steps
      deep.replace(with: SIMD8<Float>(), where: deep .!= deep)
      deep.clamp(lowerBound: .init(repeating: -Self.most), upperBound: .init(repeating: Self.most))
      // Adding so much leaves the nearest whole number in the last bits. Both types are eight lanes of 32 bits, and every
      // pattern of bits is a value of either.
      let rounded =
        unsafeBitCast(deep + Self.rounding, to: SIMD8<Int32>.self) &- Int32(bitPattern: Self.rounding.bitPattern)
      scores.append(wide[index] &+ rounded)
    }
  }

  private mutating func makeRoom(_ words: Int) {
    guard deep.count < words else { return }
    featureRows = Array(repeating: 0, count: words * SentenceForms.featureCount)
    wide = Array(repeating: .zero, count: words)
    inputRows = Array(repeating: 0, count: words * Self.inputs)
    codeRows = Array(repeating: 0, count: words * Self.codes)
    // One more than is kept: what is not kept is written over.
    values = Array(repeating: 0, count: words * Self.units + 1)
    active = Array(repeating: 0, count: words * Self.units + 1)
    starts = Array(repeating: 0, count: words + 1)
    deep = Array(repeating: .zero, count: words)
  }

  private mutating func findRows(_ forms: SentenceForms) {
    let (shift, inputShift) = (shift, inputShift)
    Self.gather(forms.count, into: &featureRows) { index, add in forms.features(at: index, shift: shift, add) }
    Self.gather(forms.count, into: &inputRows) { index, add in forms.inputs(at: index, shift: inputShift, add) }
    codeRows.withUnsafeMutableBufferPointer { rows in
      var place = 0
      for index in 0..<forms.count {
        let slot = forms.vector(index)
        if slot >= 0 {
          forms.vectors.codes(slot) { pair, code in
            rows[place &+ pair] = UInt32(truncatingIfNeeded: pair &* WordVectors.codes &+ code)
          }
        } else {
          rows[place] = UInt32(EntityModel.missingCode)
          for pair in 1..<Self.codes { rows[place &+ pair] = UInt32(EntityModel.emptyCode) }
        }
        place &+= Self.codes
      }
    }
  }

  /// Puts the rows of one word after those of the other.
  @inline(__always)
  private static func gather(
    _ words: Int, into rows: inout [UInt32], _ read: (_ word: Int, _ add: (UInt32) -> Void) -> Void
  ) {
    rows.withUnsafeMutableBufferPointer { rows in
      var place = 0
      for word in 0..<words {
        read(word) { row in
          rows[place] = row
          place &+= 1
        }
      }
    }
  }

  private mutating func readLayers(_ words: Int, _ dense: UnsafeRawPointer) {
    let offsets = dense.assumingMemoryBound(to: Float.self)
    let weights = offsets + Self.units
    let sentenceWeights = weights + EntityModel.window * Self.units * Self.hidden
    let hiddenOffsets = sentenceWeights + Self.units * Self.hidden
    let output = hiddenOffsets + Self.hidden
    let featureRows = featureRows
    let features = model.features
    wide.withUnsafeMutableBytes { wide in
      roost_entity_features(
        features, featureRows, SentenceForms.featureCount, words,
        wide.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    roost_entity_words(
      model.inputs, inputRows, Self.inputs, model.inputStep, model.codes, codeRows, Self.codes, model.codeStep, offsets,
      words, &values, &active, &starts)
    let (values, active, starts) = (values, active, starts)
    roost_entity_context(sentenceWeights, hiddenOffsets, values, active, starts, words, &context)
    let context = context
    deep.withUnsafeMutableBytes { deep in
      roost_entity_scores(
        weights, context, output, values, active, starts, words,
        deep.assumingMemoryBound(to: Float.self).baseAddress)
    }
  }
}
