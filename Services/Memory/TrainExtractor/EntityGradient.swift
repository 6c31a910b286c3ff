import Extraction

/// One step of training at a time: what a sentence says of the weights. Keeps its storage between sentences.
struct EntityGradient {
  private static let tags = EntityNetworkTrainer.tags
  private static let units = EntityNetworkTrainer.units
  private static let hidden = EntityNetworkTrainer.hidden
  private static let reach = EntityNetworkTrainer.window / 2
  /// Slopes of tags below this move nothing but time.
  private static let least: Float = 1e-3

  /// The trainer's, which outlives the value.
  private struct Tables {
    let features, inputs, projection, inputOffsets, layer, hiddenOffsets, output, transitions: WeightRows
  }

  private let tables: Tables
  private let vectorTable: WordVectors
  private let settings: EntityNetworkTrainer.Settings
  private var kept: [UInt32] = []
  private var keptStarts: [Int] = []
  private var inputs: [UInt32] = []
  private var inputStarts: [Int] = []
  private var vectors: [Int32] = []
  /// What the codes of all vectors stand for: 16 × 2 numbers a pair.
  private let numbers: [SIMD2<Float>]
  /// The first layer with rows of zeros before and after, and its slopes; the second layer and which units count.
  private var first: [Float] = []
  private var firstSlopes: [Float] = []
  private var second: [Float] = []
  private var scores: [SIMD8<Float>] = []
  private var slopes: [SIMD8<Float>] = []
  private var free = TagChain()
  private var bound = TagChain()
  private var layerSlopes: [Float]
  private var outputSlopes: [Float]
  private var hiddenOffsetSlopes: [Float]
  private var inputOffsetSlopes: [Float]
  private var projectionSlopes: [Float]
  private var unitSlopes: [Float]

  init(_ trainer: EntityNetworkTrainer) {
    tables = Tables(
      features: trainer.features.rows, inputs: trainer.inputs.rows, projection: trainer.projection.rows,
      inputOffsets: trainer.inputOffsets.rows, layer: trainer.layer.rows, hiddenOffsets: trainer.hiddenOffsets.rows,
      output: trainer.output.rows, transitions: trainer.transitions.rows)
    vectorTable = trainer.vectors
    settings = trainer.settings
    numbers = (0..<WordVectors.pairs).flatMap { pair in
      (0..<WordVectors.codes).map { trainer.vectors.numbers(pair: pair, code: $0) }
    }
    func zeros(_ table: WeightTable) -> [Float] { Array(repeating: 0, count: table.weights.count) }
    layerSlopes = zeros(trainer.layer)
    outputSlopes = zeros(trainer.output)
    hiddenOffsetSlopes = zeros(trainer.hiddenOffsets)
    inputOffsetSlopes = zeros(trainer.inputOffsets)
    projectionSlopes = zeros(trainer.projection)
    unitSlopes = Array(repeating: 0, count: Self.hidden)
  }

  /// - Parameter share: What is left of the rates.
  mutating func learn(
    _ examples: TrainingExamples, _ words: Range<Int>, _ random: inout SplitMix, share: Float
  ) {
    drop(examples, words, &random)
    score(words.count, &random)
    let transitions = (0...Self.tags).map { tables.transitions[$0 * Self.tags] }
    free.use(transitions)
    bound.use(transitions)
    free.weigh(scores, allowing: nil)
    bound.weigh(scores, allowing: examples.allowed[words])
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

  private mutating func drop(
    _ examples: TrainingExamples, _ words: Range<Int>, _ random: inout SplitMix
  ) {
    kept.removeAll(keepingCapacity: true)
    keptStarts.removeAll(keepingCapacity: true)
    inputs.removeAll(keepingCapacity: true)
    inputStarts.removeAll(keepingCapacity: true)
    vectors.removeAll(keepingCapacity: true)
    for word in words {
      keptStarts.append(kept.count)
      inputStarts.append(inputs.count)
      for place in word * SentenceForms.featureCount..<(word + 1) * SentenceForms.featureCount
      where random.share() >= settings.droppedFeatures { kept.append(examples.features[place]) }
      for place in word * SentenceForms.inputCount..<(word + 1) * SentenceForms.inputCount
      where random.share() >= settings.droppedInputs { inputs.append(examples.inputs[place]) }
      let isDropped = random.share() < settings.droppedVectors
      vectors.append(isDropped ? -1 : examples.vectors[word])
    }
    keptStarts.append(kept.count)
    inputStarts.append(inputs.count)
  }

  // MARK: Forward

  private mutating func score(_ count: Int, _ random: inout SplitMix) {
    let (units, hidden, tags, reach) = (Self.units, Self.hidden, Self.tags, Self.reach)
    let featureScale = Float(1 / (1 - settings.droppedFeatures))
    let inputScale = Float(1 / (1 - settings.droppedInputs))
    let unitScale = Float(1 / (1 - settings.droppedUnits))
    let padded = (count + 2 * reach) * units
    if first.count < padded {
      first = Array(repeating: 0, count: padded)
      firstSlopes = first
      second = Array(repeating: 0, count: (count + 2 * reach) * hidden)
    }
    for place in 0..<padded { first[place] = 0 }
    for index in 0..<count {
      let start = (index + reach) * units
      for unit in stride(from: 0, to: units, by: 8) {
        var sum = SIMD8<Float>()
        for place in inputStarts[index]..<inputStarts[index + 1] {
          sum += tables.inputs[Int(inputs[place]) * units + unit]
        }
        sum = sum * inputScale + tables.inputOffsets[unit]
        if vectors[index] >= 0 {
          vectorTable.codes(vectors[index]) { pair, code in
            let values = numbers[pair * WordVectors.codes + code]
            sum += tables.projection[2 * pair * units + unit] * values.x
            sum += tables.projection[(2 * pair + 1) * units + unit] * values.y
          }
        } else {
          sum += tables.projection[2 * WordVectors.pairs * units + unit]
        }
        for lane in 0..<8 where sum[lane] > 0 { first[start + unit + lane] = sum[lane] }
      }
    }
    scores.removeAll(keepingCapacity: true)
    for index in 0..<count {
      var sum = SIMD8<Float>()
      for place in keptStarts[index]..<keptStarts[index + 1] { sum += tables.features[Int(kept[place]) * tags] }
      sum *= featureScale
      for unit in stride(from: 0, to: hidden, by: 8) {
        var total = tables.hiddenOffsets[unit]
        for input in 0..<EntityNetworkTrainer.window * units {
          let value = first[index * units + input]
          if value > 0 { total += tables.layer[input * hidden + unit] * value }
        }
        for lane in 0..<8 {
          let isKept = total[lane] > 0 && random.share() >= settings.droppedUnits
          let value = isKept ? total[lane] * unitScale : 0
          second[index * hidden + unit + lane] = value
          if isKept { sum += tables.output[(unit + lane) * tags] * value }
        }
      }
      scores.append(sum)
    }
  }

  // MARK: Backward

  private func moveTransitions(_ count: Int, rate: Float) {
    for index in 0..<count {
      if index == 0 {
        tables.transitions.move(Self.tags * Self.tags, against: free.nodes[0] - bound.nodes[0], rate: rate)
        continue
      }
      for tag in 0..<Self.tags {
        let slope = free.edges[index * Self.tags + tag] - bound.edges[index * Self.tags + tag]
        if any(abs(slope) .> 1e-4) { tables.transitions.move(tag * Self.tags, against: slope, rate: rate) }
      }
    }
  }

  private func moveFeatures(_ count: Int, rate: Float) {
    for index in 0..<count where slopes[index] != .zero {
      for place in keptStarts[index]..<keptStarts[index + 1] {
        tables.features.move(Int(kept[place]) * Self.tags, against: slopes[index], rate: rate)
      }
    }
  }

  private mutating func moveNetwork(_ count: Int, rate: Float) {
    let (units, hidden, tags, reach) = (Self.units, Self.hidden, Self.tags, Self.reach)
    let inputScale = Float(1 / (1 - settings.droppedInputs))
    let unitScale = Float(1 / (1 - settings.droppedUnits))
    for place in 0..<(count + 2 * reach) * units { firstSlopes[place] = 0 }
    for index in 0..<count where slopes[index] != .zero {
      let slope = slopes[index]
      for unit in 0..<hidden {
        let value = second[index * hidden + unit]
        unitSlopes[unit] = 0
        guard value > 0 else { continue }
        Self.add(slope * value, to: &outputSlopes, at: unit * tags)
        unitSlopes[unit] = (tables.output[unit * tags] * slope).sum() * unitScale
        hiddenOffsetSlopes[unit] += unitSlopes[unit]
      }
      for input in 0..<EntityNetworkTrainer.window * units {
        let value = first[index * units + input]
        guard value > 0 else { continue }
        var back = SIMD8<Float>()
        for unit in stride(from: 0, to: hidden, by: 8) {
          let units = Self.load(unitSlopes, unit)
          back += tables.layer[input * hidden + unit] * units
          Self.add(units * value, to: &layerSlopes, at: input * hidden + unit)
        }
        firstSlopes[index * units + input] += back.sum()
      }
    }
    for index in 0..<count {
      let start = (index + reach) * units
      for unit in stride(from: 0, to: units, by: 8) {
        let slope = Self.load(firstSlopes, start + unit).replacing(
          with: 0, where: Self.load(first, start + unit) .<= 0)
        guard slope != .zero else { continue }
        Self.add(slope, to: &inputOffsetSlopes, at: unit)
        for place in inputStarts[index]..<inputStarts[index + 1] {
          tables.inputs.move(Int(inputs[place]) * units + unit, against: slope * inputScale, rate: rate)
        }
        if vectors[index] >= 0 {
          vectorTable.codes(vectors[index]) { pair, code in
            let values = numbers[pair * WordVectors.codes + code]
            Self.add(slope * values.x, to: &projectionSlopes, at: 2 * pair * units + unit)
            Self.add(slope * values.y, to: &projectionSlopes, at: (2 * pair + 1) * units + unit)
          }
        } else {
          Self.add(slope, to: &projectionSlopes, at: 2 * WordVectors.pairs * units + unit)
        }
      }
    }
    Self.move(tables.output, against: &outputSlopes, rate)
    Self.move(tables.layer, against: &layerSlopes, rate)
    Self.move(tables.hiddenOffsets, against: &hiddenOffsetSlopes, rate)
    Self.move(tables.inputOffsets, against: &inputOffsetSlopes, rate)
    Self.move(tables.projection, against: &projectionSlopes, rate)
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
