/// One side of a path search: the entities reached from a root, level by level, and how.
struct SearchTree {
  /// A fact that leads back towards the root.
  struct Step {
    let fact: Fact
    /// The entity on the root's side.
    let from: Int64
  }

  let root: Int64
  /// The entities of the last level.
  private(set) var frontier: [Int64]
  /// How many levels there are below the root.
  private(set) var depth = 0
  private var levels: [Int64: Int]
  private var steps: [Int64: [Step]] = [:]

  init(root: Int64) {
    self.root = root
    frontier = [root]
    levels = [root: 0]
  }

  func reaches(_ entity: Int64) -> Bool { levels[entity] != nil }

  /// Adds a level: the entities at the other ends of facts that touch the last one.
  ///
  /// - Returns: Whether all facts were looked at within the budget.
  mutating func grow(by reader: FactReader, budget: inout Int) throws -> Bool {
    let level = depth + 1
    var next: [Int64] = []
    var isWhole = true
    try reader.forEachFact(touching: frontier) { fact in
      guard budget > 0 else {
        isWhole = false
        return false
      }
      budget -= 1
      for (from, to) in [(fact.source, fact.target), (fact.target, fact.source)] where levels[from] == depth {
        if levels[to] == nil {
          levels[to] = level
          next.append(to)
        }
        if levels[to] == level { keep(Step(fact: fact, from: from), to: to) }
      }
      return true
    }
    frontier = next
    depth = level
    return isWhole
  }

  /// The shortest ways from the root to the entity, at most `limit`: the surest fact of each step, in order from the
  /// root.
  func ways(to entity: Int64, limit: Int) -> [[Step]] {
    guard limit > 0 else { return [] }
    guard entity != root else { return [[]] }
    var ways: [[Step]] = []
    for step in steps[entity] ?? [] where ways.count < limit {
      for way in self.ways(to: step.from, limit: limit - ways.count) { ways.append(way + [step]) }
    }
    return ways
  }

  /// Of several facts between the same two entities the surest stays, of equally sure ones the oldest.
  private mutating func keep(_ step: Step, to entity: Int64) {
    guard let place = steps[entity]?.firstIndex(where: { $0.from == step.from }) else {
      steps[entity, default: []].append(step)
      return
    }
    let known = steps[entity]?[place].fact
    if let known, (step.fact.confidence, -step.fact.rowID) > (known.confidence, -known.rowID) {
      steps[entity]?[place] = step
    }
  }
}
