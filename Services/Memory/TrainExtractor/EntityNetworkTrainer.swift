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

  /// How a training goes.
  struct Settings {
    var passes = 5
    /// The rates of the features' weights and of the network's; they fall to a tenth.
    var featureRate: Float = 0.05
    var rate: Float = 0.03
    /// The shares that are left out at random: features, inputs of the network, whole vectors, and units of its second layer.
    var droppedFeatures = 0.5
    var droppedInputs = 0.25
    var droppedVectors = 0.1
    var droppedUnits = 0.5
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
    features = WeightTable(count: Self.tags << bits, spread: 0, squares: 0.1, &random)
    inputs = WeightTable(count: Self.units << inputBits, spread: 0.1, squares: 0.05, &random)
    projection = WeightTable(
      count: (2 * WordVectors.pairs + 1) * Self.units, spread: 0.15, squares: 0.05, &random)
    inputOffsets = WeightTable(count: Self.units, spread: 0, squares: 0.05, &random)
    layer = WeightTable(
      count: Self.window * Self.units * Self.hidden, spread: 0.7 * (6 / fan).squareRoot(), squares: 0.05, &random)
    hiddenOffsets = WeightTable(count: Self.hidden, spread: 0, squares: 0.05, &random)
    output = WeightTable(
      count: Self.hidden * Self.tags, spread: (6 / Float(Self.hidden + Self.tags)).squareRoot(), squares: 0.05, &random)
    transitions = WeightTable(count: (Self.tags + 1) * Self.tags, spread: 0, squares: 0.01, &random)
    self.random = random
  }

  private var tables: [WeightTable] {
    [features, inputs, projection, inputOffsets, layer, hiddenOffsets, output, transitions]
  }

  /// Learns from the examples that each pass is given.
  mutating func train(_ examples: (_ pass: Int) -> TrainingExamples) {
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
        gradient.learn(examples, examples.words(sentence), &random, share: share)
      }
      if pass >= settings.firstAveraged { for table in tables { table.addToMean() } }
    }
    for table in tables { table.takeMean() }
  }
}
