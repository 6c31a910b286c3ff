import Extraction

/// Sentences as the rows that the model is looked up by: what the passes of a training go over.
struct TrainingExamples {
  /// ``SentenceForms/featureCount`` a word.
  private(set) var features: [UInt32] = []
  /// ``SentenceForms/inputCount`` a word.
  private(set) var inputs: [UInt32] = []
  /// A word's slot among the vectors; -1 for none.
  private(set) var vectors: [Int32] = []
  /// A bit for each tag that a word may have.
  private(set) var allowed: [UInt8] = []
  /// Where each sentence's words start.
  private(set) var starts: [Int] = []
  /// By sentence: the number of the teacher who has not learned from it.
  private(set) var teachers: [Int] = []

  mutating func append(
    _ sentence: TrainingSentence, teacher: Int, _ forms: inout SentenceForms, bits: Int, inputBits: Int
  ) {
    let (bytes, words) = AnnotatedSentence(words: sentence.words).text
    forms.read(words, of: bytes)
    starts.append(allowed.count)
    teachers.append(teacher)
    for index in words.indices {
      forms.features(at: index, shift: UInt64(64 - bits)) { features.append($0) }
      forms.inputs(at: index, shift: UInt64(64 - inputBits)) { inputs.append($0) }
      vectors.append(forms.vector(index))
    }
    allowed += sentence.allowed
  }

  func words(_ sentence: Int) -> Range<Int> {
    starts[sentence]..<(sentence + 1 < starts.count ? starts[sentence + 1] : allowed.count)
  }
}
