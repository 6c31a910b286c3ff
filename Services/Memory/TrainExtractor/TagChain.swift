import Extraction

/// Sequences of tags under scores of tags and of neighbours: how probable each tag and each pair of neighbours is, over
/// all sequences or over those that an annotation allows.
struct TagChain {
  static let tags = EntityTag.count

  /// The exponentials of the weights by previous tag, and of those by next tag; zero where one may not follow the other.
  /// The ninth row of the first is the start.
  private var next: [SIMD8<Float>] = []
  private var previous: [SIMD8<Float>] = []
  private var local: [SIMD8<Float>] = []
  private var forward: [SIMD8<Float>] = []
  private var backward: [SIMD8<Float>] = []
  /// By word: the tags' probabilities.
  private(set) var nodes: [SIMD8<Float>] = []
  /// Eight rows a word from the second on, by previous tag: the probabilities of the pairs.
  private(set) var edges: [SIMD8<Float>] = []

  private static let follows: [SIMD8<Float>] = (0...tags).map { previous in
    SIMD8(EntityTag.allCases.map { $0.mayFollow(EntityTag(rawValue: previous)) ? 1 : 0 })
  }
  private static let allowed: [SIMD8<Float>] = (0..<256).map { mask in
    SIMD8((0..<8).map { mask >> $0 & 1 == 1 ? 1 : 0 })
  }

  /// - Parameter transitions: 9 rows.
  mutating func use(_ transitions: [SIMD8<Float>]) {
    next = zip(transitions, Self.follows).map { Exponential.of($0) * $1 }
    previous = (0..<Self.tags).map { tag in SIMD8((0..<Self.tags).map { next[$0][tag] }) }
  }

  /// - Parameters:
  ///   - scores: By word.
  ///   - mask: The tags that each word may have, a bit each; nil for all.
  mutating func weigh(_ scores: [SIMD8<Float>], allowing mask: ArraySlice<UInt8>?) {
    let count = scores.count
    let tags = Self.tags
    if local.count < count {
      local = Array(repeating: .zero, count: count)
      (forward, backward, nodes) = (local, local, local)
      edges = Array(repeating: .zero, count: count * tags)
    }
    for index in 0..<count {
      local[index] = Exponential.of(scores[index] - scores[index].max())
      if let mask { local[index] *= Self.allowed[Int(mask[mask.startIndex + index])] }
    }
    for index in 0..<count {
      var sum = SIMD8<Float>()
      if index == 0 {
        sum = next[tags]
      } else {
        for tag in 0..<tags { sum += next[tag] * forward[index - 1][tag] }
      }
      sum *= local[index]
      forward[index] = sum / max(sum.sum(), 1e-30)
    }
    backward[count - 1] = SIMD8(repeating: 1)
    for index in stride(from: count - 2, through: 0, by: -1) {
      let coming = local[index + 1] * backward[index + 1]
      var sum = SIMD8<Float>()
      for tag in 0..<tags { sum += previous[tag] * coming[tag] }
      backward[index] = sum / max(sum.sum(), 1e-30)
    }
    for index in 0..<count {
      let node = forward[index] * backward[index]
      nodes[index] = node / max(node.sum(), 1e-30)
      guard index > 0 else { continue }
      let coming = local[index] * backward[index]
      var total: Float = 0
      for tag in 0..<tags {
        let row = next[tag] * coming * forward[index - 1][tag]
        edges[index * tags + tag] = row
        total += row.sum()
      }
      let factor = 1 / max(total, 1e-30)
      for tag in 0..<tags { edges[index * tags + tag] *= factor }
    }
  }

  /// Moves the probabilities towards what another chain says of the same words.
  ///
  /// - Parameter share: How far, from 0 to 1.
  mutating func lean(towards other: TagChain, _ words: Int, _ share: Float) {
    for index in 0..<words {
      nodes[index] += (other.nodes[index] - nodes[index]) * share
      guard index > 0 else { continue }
      for tag in index * Self.tags..<(index + 1) * Self.tags { edges[tag] += (other.edges[tag] - edges[tag]) * share }
    }
  }
}
