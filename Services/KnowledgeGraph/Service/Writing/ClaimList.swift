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

  /// Puts the rows of new entities in the place of the numbers that they went by.
  mutating func setRows(_ rows: [Int64: Int64]) {
    guard !rows.isEmpty else { return }
    for place in entries.indices {
      let claim = entries[place].claim
      entries[place].claim = Claim(
        source: rows[claim.source] ?? claim.source, target: rows[claim.target] ?? claim.target, type: claim.type,
        stated: claim.stated)
    }
    places = Dictionary(entries.enumerated().map { ($1.claim, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
