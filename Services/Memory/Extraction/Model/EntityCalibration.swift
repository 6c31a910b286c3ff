import Foundation

/// How often the model is right about a name: a logistic regression over what it says itself and over what its
/// surest mistakes have in common. Fitted on kinds of text that the model had not learned from.
package struct EntityCalibration: Sendable {
  /// What is known of a name that was found.
  package struct Name: Sendable {
    /// The model's probability that exactly these words are a name of this kind.
    package var probability: Double
    /// 0 person, 1 location, 2 organisation, 3 another.
    package var kind: Int
    package var words: Int
    /// No word of it has a capital; each is in capitals throughout, and has more than one letter.
    package var isSmall: Bool
    package var isCapitals: Bool
    /// The lists of names have its first word.
    package var isListed: Bool
    /// The share of its words that no table has.
    package var unknown: Double
    /// Of the sentence's other words: the share that has a capital, and that no table has.
    package var capitalsAround: Double
    package var unknownAround: Double
    package var sentenceWords: Int

    /// What the regression weighs.
    package var observations: [Double] {
      let clipped = min(1 - 1e-4, max(1e-4, probability))
      let odds = log(clipped / (1 - clipped))
      var values = [Double](repeating: 0, count: EntityCalibration.count)
      values[kind] = 1
      values[4 + kind] = odds
      values[8] = max(0, odds - 3)
      values[9] = words == 2 ? 1 : 0
      values[10] = words > 2 ? 1 : 0
      values[11] = isSmall ? 1 : 0
      values[12] = isCapitals ? 1 : 0
      values[13] = isListed ? 1 : 0
      values[14] = unknown
      values[15] = capitalsAround
      values[16] = unknownAround
      values[17] = 1 / Double(max(1, sentenceWords))
      return values
    }
  }

  package static let count = 18
  /// Nothing is certain, whatever is fitted.
  private static let range = 0.01...0.99

  package var weights: [Float]

  package init(weights: [Float]) { self.weights = weights }

  /// Gives back the model's own probability.
  package static let none = EntityCalibration(
    weights: (0..<count).map { (4..<8).contains($0) ? 1 : 0 })

  package func confidence(of name: Name) -> Double { confidence(of: name.observations) }

  /// - Parameter observations: A name's ``Name/observations``.
  package func confidence(of observations: [Double]) -> Double {
    var sum = 0.0
    for (weight, value) in zip(weights, observations) { sum += Double(weight) * value }
    return min(Self.range.upperBound, max(Self.range.lowerBound, 1 / (1 + exp(-sum))))
  }
}
