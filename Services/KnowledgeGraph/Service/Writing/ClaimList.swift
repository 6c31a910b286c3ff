/// The claims of one extraction, each once, in the order of the text, with the evidence for it.
struct ClaimList {
  private(set) var entries: [(claim: Claim, evidence: [Evidence])] = []
  private var places: [Claim: Int] = [:]

  /// Adds evidence; of several for one claim with the same span the surest is kept.
  mutating func add(_ claim: Claim, _ evidence: Evidence) {
    guard let place = places[claim] else {
      places[claim] = entries.count
      entries.append((claim, [evidence]))
      return
    }
    guard let same = entries[place].evidence.firstIndex(where: { $0.isSameSpan(as: evidence) }) else {
      entries[place].evidence.append(evidence)
      return
    }
    if entries[place].evidence[same].confidence < evidence.confidence {
      entries[place].evidence[same] = evidence
    }
  }
}
