import Extraction

/// A trained model that is asked of sentences which it has not learned from (distillation: Hinton, Vinyals and Dean, 2015).
///
/// What learns from its word beside the annotation's does not take over every slip of an annotator, and is less sure where
/// annotators differ.
struct EntityTeacher {
  /// Only kept: the reader looks into its tables without holding them.
  private let trainer: EntityNetworkTrainer
  private var reader: EntityReader
  private var chain = TagChain()
  /// Nothing is left out: what is drawn makes no difference.
  private var random = SplitMix(seed: 0)

  init(_ trainer: EntityNetworkTrainer) {
    self.trainer = trainer
    reader = EntityReader(trainer, dropping: EntityNetworkTrainer.Drops())
    chain.use(reader.transitions)
  }

  /// How probable it holds the tags of a sentence to be.
  mutating func read(_ examples: TrainingExamples, _ words: Range<Int>) -> TagChain {
    reader.read(examples, words, &random)
    chain.weigh(reader.scores, allowing: nil)
    return chain
  }
}
