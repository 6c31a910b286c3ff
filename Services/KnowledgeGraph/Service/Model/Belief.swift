import RuntimeHost

/// What several sources of a fact say together: it holds from the earliest time that one gives, and is as sure as they
/// are jointly.
struct Belief: Hashable, Sendable {
  var validFrom: Timestamp
  var confidence: Double

  init(validFrom: Timestamp, confidence: Double) {
    self.validFrom = validFrom
    self.confidence = confidence
  }

  /// - Parameter others: What the sources before this one say, in the order in which they were recorded: the same
  ///   sources give the same bits.
  init(_ others: Belief?, validFrom: Timestamp, confidence: Double) {
    guard let others else {
      self.init(validFrom: validFrom, confidence: confidence)
      return
    }
    self.init(
      validFrom: min(others.validFrom, validFrom), confidence: 1 - (1 - others.confidence) * (1 - confidence))
  }
}

extension Belief {
  init(_ others: Belief?, joinedWith evidence: Evidence) {
    self.init(others, validFrom: evidence.validFrom, confidence: evidence.confidence)
  }
}
