/// The scores of a piece of a sentence, open to what the caller knows besides the model.
package struct TagScores {
  /// By token, the tags side by side, in steps.
  var scores: [SIMD8<Int32>]
  let step: Float
  /// Where the piece begins in its sentence.
  let offset: Int

  /// Makes a run of tokens more likely to be a name of a kind.
  ///
  /// - Parameter weight: In the units of the model's weights, the logarithm of odds; a few are decisive.
  mutating func favour(_ tokens: Range<Int>, _ tag: EntityTag, by weight: Float) {
    guard let inside = tag.continuation else { return }
    let steps = Int32(min(30_000, weight / step))
    for index in tokens {
      let column = index == tokens.lowerBound ? tag.rawValue : inside.rawValue
      scores[index][column] &+= steps
    }
  }

  /// Keeps a token out of every name.
  mutating func exclude(_ index: Int) {
    scores[index][EntityTag.outside.rawValue] &+= 30_000
  }
}
