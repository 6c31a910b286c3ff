/// What became of an import's lines.
struct ImportTally: Sendable, Equatable {
  /// A line that is not in the store, and why.
  struct Refusal: Sendable, Equatable {
    var line: Int
    var reason: String
  }

  /// Of the refusals so many are kept to be told; the rest is counted.
  static let keptRefusals = 100

  private(set) var stored = 0
  /// Lines that an earlier import had stored.
  private(set) var present = 0
  private(set) var refused = 0
  private(set) var refusals: [Refusal] = []

  var done: Int { stored + present + refused }

  mutating func store() { stored += 1 }
  mutating func findPresent() { present += 1 }

  mutating func refuse(line: Int, _ reason: String) {
    refused += 1
    if refusals.count < Self.keptRefusals { refusals.append(Refusal(line: line, reason: reason)) }
  }
}
