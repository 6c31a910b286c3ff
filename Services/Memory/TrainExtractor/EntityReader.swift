import Extraction

/// The forward pass: what a trainer's weights say of a sentence's tags, with shares of its features and of the network's
/// units left out at random. Keeps its storage between sentences.
struct EntityReader {
  private static let tags = EntityNetworkTrainer.tags
  private static let units = EntityNetworkTrainer.units
  private static let hidden = EntityNetworkTrainer.hidden
  private static let reach = EntityNetworkTrainer.window / 2

  /// The trainer's, which outlives the value.
  struct Tables {
    let features, inputs, projection, inputOffsets, layer, hiddenOffsets, output, context, transitions: WeightRows
  }

  let tables: Tables
  let vectorTable: WordVectors
  /// What the codes of all vectors stand for: 16 × 2 numbers a pair.
  let numbers: [SIMD2<Float>]
  private let drops: EntityNetworkTrainer.Drops
  /// What the kept ones are raised by, so that sums stay the same.
  private let featureScale: Float
  let inputScale: Float
  let unitScale: Float
  /// Rows of features and of inputs that are not left out, with where each word's start, and slots of vectors.
  private(set) var kept: [UInt32] = []
  private(set) var keptStarts: [Int] = []
  private(set) var inputs: [UInt32] = []
  private(set) var inputStarts: [Int] = []
  private(set) var vectors: [Int32] = []
  /// The first layer, with rows of zeros before and after.
  private(set) var first: [Float] = []
  /// Of the first layer, over the sentence's words.
  private(set) var mean = [Float](repeating: 0, count: units)
  /// The second layer; zero where a unit is off or left out.
  private(set) var second: [Float] = []
  /// What is the same at each word of the second layer.
  private var context = [SIMD8<Float>](repeating: .zero, count: hidden / 8)
  /// By word: the tags' scores.
  private(set) var scores: [SIMD8<Float>] = []

  init(_ trainer: EntityNetworkTrainer, dropping drops: EntityNetworkTrainer.Drops) {
    tables = Tables(
      features: trainer.features.rows, inputs: trainer.inputs.rows, projection: trainer.projection.rows,
      inputOffsets: trainer.inputOffsets.rows, layer: trainer.layer.rows, hiddenOffsets: trainer.hiddenOffsets.rows,
      output: trainer.output.rows, context: trainer.context.rows, transitions: trainer.transitions.rows)
    vectorTable = trainer.vectors
    numbers = (0..<WordVectors.pairs).flatMap { pair in
      (0..<WordVectors.codes).map { trainer.vectors.numbers(pair: pair, code: $0) }
    }
    self.drops = drops
    featureScale = Float(1 / (1 - drops.features))
    inputScale = Float(1 / (1 - drops.inputs))
    unitScale = Float(1 / (1 - drops.units))
  }

  /// The scores between tags: 9 rows.
  var transitions: [SIMD8<Float>] { (0...Self.tags).map { tables.transitions[$0 * Self.tags] } }

  mutating func read(_ examples: TrainingExamples, _ words: Range<Int>, _ random: inout SplitMix) {
    drop(examples, words, &random)
    score(words.count, &random)
  }

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
      where random.share() >= drops.features { kept.append(examples.features[place]) }
      for place in word * SentenceForms.inputCount..<(word + 1) * SentenceForms.inputCount
      where random.share() >= drops.inputs { inputs.append(examples.inputs[place]) }
      let isDropped = random.share() < drops.vectors
      vectors.append(isDropped ? -1 : examples.vectors[word])
    }
    keptStarts.append(kept.count)
    inputStarts.append(inputs.count)
  }

  private mutating func score(_ count: Int, _ random: inout SplitMix) {
    let (units, hidden) = (Self.units, Self.hidden)
    let padded = (count + 2 * Self.reach) * units
    if first.count < padded {
      first = Array(repeating: 0, count: padded)
      second = Array(repeating: 0, count: (count + 2 * Self.reach) * hidden)
    }
    for place in 0..<padded { first[place] = 0 }
    for index in 0..<count { readWord(index) }
    readContext(count)
    scores.removeAll(keepingCapacity: true)
    for index in 0..<count { scores.append(score(of: index, &random)) }
  }

  private mutating func readWord(_ index: Int) {
    let units = Self.units
    let start = (index + Self.reach) * units
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

  private mutating func readContext(_ count: Int) {
    let (units, hidden) = (Self.units, Self.hidden)
    for unit in 0..<units {
      var sum: Float = 0
      for index in 0..<count { sum += first[(index + Self.reach) * units + unit] }
      mean[unit] = sum / Float(count)
    }
    for place in stride(from: 0, to: hidden, by: 8) {
      var sum = tables.hiddenOffsets[place]
      for unit in 0..<units { sum += tables.context[unit * hidden + place] * mean[unit] }
      context[place / 8] = sum
    }
  }

  private mutating func score(of index: Int, _ random: inout SplitMix) -> SIMD8<Float> {
    let (units, hidden, tags) = (Self.units, Self.hidden, Self.tags)
    var sum = SIMD8<Float>()
    for place in keptStarts[index]..<keptStarts[index + 1] { sum += tables.features[Int(kept[place]) * tags] }
    sum *= featureScale
    for unit in stride(from: 0, to: hidden, by: 8) {
      var total = context[unit / 8]
      for input in 0..<EntityNetworkTrainer.window * units {
        let value = first[index * units + input]
        if value > 0 { total += tables.layer[input * hidden + unit] * value }
      }
      for lane in 0..<8 {
        let isKept = total[lane] > 0 && random.share() >= drops.units
        let value = isKept ? total[lane] * unitScale : 0
        second[index * hidden + unit + lane] = value
        if isKept { sum += tables.output[(unit + lane) * tags] * value }
      }
    }
    return sum
  }
}
