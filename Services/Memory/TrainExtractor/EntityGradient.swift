import Extraction

/// The backward pass, one step of training at a time: what a sentence says of the weights. Keeps its storage between
/// sentences.
struct EntityGradient {
  private static let tags = EntityNetworkTrainer.tags
  private static let units = EntityNetworkTrainer.units
  private static let hidden = EntityNetworkTrainer.hidden
  private static let reach = EntityNetworkTrainer.window / 2
  /// Slopes of tags below this move nothing but time.
  private static let least: Float = 1e-3

  private let settings: EntityNetworkTrainer.Settings
  private var reader: EntityReader
  private var firstSlopes: [Float] = []
  private var slopes: [SIMD8<Float>] = []
  private var free = TagChain()
  private var bound = TagChain()
  private var layerSlopes: [Float]
  private var outputSlopes: [Float]
  /// Of the second layer's units, at all words of the sentence together.
  private var hiddenOffsetSlopes: [Float]
  private var inputOffsetSlopes: [Float]
  private var projectionSlopes: [Float]
  private var unitSlopes: [Float]
  private var contextSlopes: [Float]

  init(_ trainer: EntityNetworkTrainer) {
    settings = trainer.settings
    reader = EntityReader(trainer, dropping: trainer.settings.drops)
    func zeros(_ table: WeightTable) -> [Float] { Array(repeating: 0, count: table.weights.count) }
    layerSlopes = zeros(trainer.layer)
    outputSlopes = zeros(trainer.output)
    hiddenOffsetSlopes = zeros(trainer.hiddenOffsets)
    inputOffsetSlopes = zeros(trainer.inputOffsets)
    projectionSlopes = zeros(trainer.projection)
    unitSlopes = Array(repeating: 0, count: Self.hidden)
    contextSlopes = zeros(trainer.context)
  }

  /// - Parameters:
  ///   - advice: How probable a teacher holds the tags to be; nil where there is none.
  ///   - share: What is left of the rates.
  mutating func learn(
    _ examples: TrainingExamples, _ words: Range<Int>, from advice: TagChain?, _ random: inout SplitMix, share: Float
  ) {
    reader.read(examples, words, &random)
    let transitions = reader.transitions
    free.use(transitions)
    bound.use(transitions)
    free.weigh(reader.scores, allowing: nil)
    bound.weigh(reader.scores, allowing: examples.allowed[words])
    if let advice { bound.lean(towards: advice, words.count, settings.trust) }
    moveTransitions(words.count, rate: settings.rate * share)
    slopes.removeAll(keepingCapacity: true)
    var isMoved = false
    for index in 0..<words.count {
      let slope = free.nodes[index] - bound.nodes[index]
      let isSmall = all(abs(slope) .< Self.least)
      slopes.append(isSmall ? .zero : slope)
      if !isSmall { isMoved = true }
    }
    guard isMoved else { return }
    moveFeatures(words.count, rate: settings.featureRate * share)
    moveNetwork(words.count, rate: settings.rate * share)
  }

  private func abs(_ value: SIMD8<Float>) -> SIMD8<Float> { value.replacing(with: -value, where: value .< 0) }

  // MARK: Backward

  private func moveTransitions(_ count: Int, rate: Float) {
    for index in 0..<count {
      if index == 0 {
        reader.tables.transitions.move(Self.tags * Self.tags, against: free.nodes[0] - bound.nodes[0], rate: rate)
        continue
      }
      for tag in 0..<Self.tags {
        let slope = free.edges[index * Self.tags + tag] - bound.edges[index * Self.tags + tag]
        if any(abs(slope) .> 1e-4) { reader.tables.transitions.move(tag * Self.tags, against: slope, rate: rate) }
      }
    }
  }

  private func moveFeatures(_ count: Int, rate: Float) {
    for index in 0..<count where slopes[index] != .zero {
      for place in reader.keptStarts[index]..<reader.keptStarts[index + 1] {
        reader.tables.features.move(Int(reader.kept[place]) * Self.tags, against: slopes[index], rate: rate)
      }
    }
  }

  private mutating func moveNetwork(_ count: Int, rate: Float) {
    let padded = (count + 2 * Self.reach) * Self.units
    if firstSlopes.count < padded { firstSlopes = Array(repeating: 0, count: padded) }
    for place in 0..<padded { firstSlopes[place] = 0 }
    for index in 0..<count where slopes[index] != .zero { passSecondLayer(index, slopes[index]) }
    passContext(count)
    for index in 0..<count { moveFirstLayer(index, rate) }
    Self.move(reader.tables.output, against: &outputSlopes, rate)
    Self.move(reader.tables.layer, against: &layerSlopes, rate)
    Self.move(reader.tables.context, against: &contextSlopes, rate)
    Self.move(reader.tables.hiddenOffsets, against: &hiddenOffsetSlopes, rate)
    Self.move(reader.tables.inputOffsets, against: &inputOffsetSlopes, rate)
    Self.move(reader.tables.projection, against: &projectionSlopes, rate)
  }

  /// From the tags of a word to the first layers of the words around it.
  private mutating func passSecondLayer(_ index: Int, _ slope: SIMD8<Float>) {
    let (units, hidden, tags) = (Self.units, Self.hidden, Self.tags)
    for unit in 0..<hidden {
      let value = reader.second[index * hidden + unit]
      unitSlopes[unit] = 0
      guard value > 0 else { continue }
      Self.add(slope * value, to: &outputSlopes, at: unit * tags)
      unitSlopes[unit] = (reader.tables.output[unit * tags] * slope).sum() * reader.unitScale
      hiddenOffsetSlopes[unit] += unitSlopes[unit]
    }
    for input in 0..<EntityNetworkTrainer.window * units {
      let value = reader.first[index * units + input]
      guard value > 0 else { continue }
      var back = SIMD8<Float>()
      for unit in stride(from: 0, to: hidden, by: 8) {
        let units = Self.load(unitSlopes, unit)
        back += reader.tables.layer[input * hidden + unit] * units
        Self.add(units * value, to: &layerSlopes, at: input * hidden + unit)
      }
      firstSlopes[index * units + input] += back.sum()
    }
  }

  /// From the second layer to the mean of the sentence, and so to the first layer of each word.
  private mutating func passContext(_ count: Int) {
    let (units, hidden) = (Self.units, Self.hidden)
    for unit in 0..<units where reader.mean[unit] > 0 {
      var back = SIMD8<Float>()
      for place in stride(from: 0, to: hidden, by: 8) {
        let sum = Self.load(hiddenOffsetSlopes, place)
        back += reader.tables.context[unit * hidden + place] * sum
        Self.add(sum * reader.mean[unit], to: &contextSlopes, at: unit * hidden + place)
      }
      let slope = back.sum() / Float(count)
      for index in 0..<count { firstSlopes[(index + Self.reach) * units + unit] += slope }
    }
  }

  private mutating func moveFirstLayer(_ index: Int, _ rate: Float) {
    let units = Self.units
    let start = (index + Self.reach) * units
    for unit in stride(from: 0, to: units, by: 8) {
      let slope = Self.load(firstSlopes, start + unit).replacing(
        with: 0, where: Self.load(reader.first, start + unit) .<= 0)
      guard slope != .zero else { continue }
      Self.add(slope, to: &inputOffsetSlopes, at: unit)
      for place in reader.inputStarts[index]..<reader.inputStarts[index + 1] {
        let row = Int(reader.inputs[place]) * units + unit
        reader.tables.inputs.move(row, against: slope * reader.inputScale, rate: rate)
      }
      if reader.vectors[index] >= 0 {
        reader.vectorTable.codes(reader.vectors[index]) { pair, code in
          let values = reader.numbers[pair * WordVectors.codes + code]
          Self.add(slope * values.x, to: &projectionSlopes, at: 2 * pair * units + unit)
          Self.add(slope * values.y, to: &projectionSlopes, at: (2 * pair + 1) * units + unit)
        }
      } else {
        Self.add(slope, to: &projectionSlopes, at: 2 * WordVectors.pairs * units + unit)
      }
    }
  }

  /// Moves a whole table and sets the slopes back to zero.
  private static func move(_ table: WeightRows, against slopes: inout [Float], _ rate: Float) {
    for place in stride(from: 0, to: slopes.count, by: 8) {
      let slope = load(slopes, place)
      guard slope != .zero else { continue }
      table.move(place, against: slope, rate: rate)
      add(-slope, to: &slopes, at: place)
    }
  }

  @inline(__always)
  private static func load(_ values: [Float], _ place: Int) -> SIMD8<Float> {
    values.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4 * place, as: SIMD8<Float>.self) }
  }

  @inline(__always)
  private static func add(_ value: SIMD8<Float>, to values: inout [Float], at place: Int) {
    values.withUnsafeMutableBytes {
      let sum = $0.loadUnaligned(fromByteOffset: 4 * place, as: SIMD8<Float>.self) + value
      $0.storeBytes(of: sum, toByteOffset: 4 * place, as: SIMD8<Float>.self)
    }
  }
}
