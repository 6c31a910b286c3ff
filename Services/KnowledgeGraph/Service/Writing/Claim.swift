import MemoryEvents
import RuntimeHost

/// What makes two statements the same fact: who, what, whom, and the time that the text gives.
struct Claim: Hashable {
  /// The row of the entity that the statement is about.
  let source: Int64
  let target: Int64
  let type: String
  /// The time that the text states; open at both ends when it states none.
  let stated: Period
}

extension Claim {
  init(_ relationship: MemoryEntityExtracted.Relationship, source: Int64, target: Int64) {
    var stated = Period(
      from: relationship.validFrom ?? Period.openStart, to: relationship.validTo ?? Period.openEnd)
    // An end that is not after the start contradicts it: the text's time is not understood, and so not stated.
    if stated.from >= stated.to { stated = Period() }
    self.init(source: source, target: target, type: relationship.type, stated: stated)
  }

  /// From when the statement holds: as stated, and from the memory's making when the text states no time at all.
  func validFrom(statedAt memoryCreatedAt: Timestamp) -> Timestamp {
    stated == Period() ? memoryCreatedAt : stated.from
  }
}
