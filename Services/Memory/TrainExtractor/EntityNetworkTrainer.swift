import Extraction

/// The model's weights while it is trained: a conditional random field over hashed features and a small network.
///
/// Trained by stochastic gradient descent with per-weight rates (Adagrad) and dropout, towards the sequences that a
/// corpus allows; the weights are the mean of those of the later passes. The same examples and seed give the same weights.
struct EntityNetworkTrainer {
  static let tags = EntityTag.count
  static let units = EntityModel.inputUnits
  static let hidden = EntityModel.hiddenUnits
  static let window = EntityModel.window

  /// The shares that are left out at random: features, inputs of the network, whole vectors, and units of its second layer.
  struct Drops {
    var features = 0.0
    var inputs = 0.0
    var vectors = 0.0
    var units = 0.0
  }

  /// How a training goes.
  struct Settings {
    var passes = 5
    /// The rates of the features' weights and of the network's; they fall to a tenth.
    var featureRate: Float = 0.05
    var rate: Float = 0.03
    var drops = Drops(features: 0.5, inputs: 0.25, vectors: 0.1, units: 0.5)
    /// What a teacher's word counts; the rest is the annotation's.
    var trust: Float = 0.3
    /// From which pass on the weights count for the mean.
    var firstAveraged = 2
  }

  let bits: Int
  let inputBits: Int
  let vectors: WordVectors
  var settings = Settings()

  /// Eight a row.
  let features: WeightTable
  /// `units` a row; the rows of a vector's numbers; the row of a word without one is the last.
  let inputs: WeightTable
  let projection: WeightTable
  let inputOffsets: WeightTable
  /// `window * units` rows of `hidden`.
  let layer: WeightTable
  /// `units` rows of `hidden`: for the mean of the sentence.
  let context: WeightTable
  let hiddenOffsets: WeightTable
  /// Eight a unit.
  let output: WeightTable
  /// 9 rows of eight.
  let transitions: WeightTable

  var random: SplitMix

  init(bits: Int, inputBits: Int, vectors: WordVectors, seed: UInt64) {
    self.bits = bits
    self.inputBits = inputBits
    self.vectors = vectors
    var random = SplitMix(seed: seed)
    let fan = Float(Self.window * Self.units + Self.hidden)
    let layerSpread = 0.7 * (6 / fan).squareRoot()
    features = WeightTable(count: Self.tags << bits, spread: 0, squares: 0.1, &random)
    inputs = WeightTable(count: Self.units << inputBits, spread: 0.1, squares: 0.05, &random)
    projection = WeightTable(
      count: (2 * WordVectors.pairs + 1) * Self.units, spread: 0.15, squares: 0.05, &random)
    inputOffsets = WeightTable(count: Self.units, spread: 0, squares: 0.05, &random)
    layer = WeightTable(
      count: Self.window * Self.units * Self.hidden, spread: layerSpread, squares: 0.05, &random)
    context = WeightTable(count: Self.units * Self.hidden, spread: layerSpread, squares: 0.05, &random)
    hiddenOffsets = WeightTable(count: Self.hidden, spread: 0, squares: 0.05, &random)
    output = WeightTable(
      count: Self.hidden * Self.tags, spread: (6 / Float(Self.hidden + Self.tags)).squareRoot(), squares: 0.05, &random)
    transitions = WeightTable(count: (Self.tags + 1) * Self.tags, spread: 0, squares: 0.01, &random)
    self.random = random
  }

  private var tables: [WeightTable] {
    [features, inputs, projection, inputOffsets, layer, context, hiddenOffsets, output, transitions]
  }

  /// Learns from the examples that each pass is given.
  ///
  /// - Parameter teachers: Of whom the examples name one for each sentence; with none it is learned from the annotation
  ///   alone.
  mutating func train(with teachers: [EntityTeacher], _ examples: (_ pass: Int) -> TrainingExamples) {
    var teachers = teachers
    var all = Double(0)
    var step = 0.0
    var gradient = EntityGradient(self)
    for pass in 0..<settings.passes {
      let examples = examples(pass)
      if pass == 0 { all = Double(examples.starts.count * settings.passes) }
      var order = Array(examples.starts.indices)
      random.shuffle(&order)
      for sentence in order {
        step += 1
        let share = Float(max(0.1, 1 - step / all))
        let words = examples.words(sentence)
        var advice: TagChain?
        if !teachers.isEmpty { advice = teachers[examples.teachers[sentence]].read(examples, words) }
        gradient.learn(examples, words, from: advice, &random, share: share)
      }
      if pass >= settings.firstAveraged { for table in tables { table.addToMean() } }
    }
    for table in tables { table.takeMean() }
  }
}
