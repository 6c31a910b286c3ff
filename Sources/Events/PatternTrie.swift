/// Finds what is registered for an event type. The cost of a match grows with the segments of the type and with what
/// is found, not with the number of patterns.
///
/// A value type: build it, then match from as many threads as wanted.
public struct PatternTrie<Value> {
  struct Node {
    var children: [EventSegment: Int] = [:]
    /// The child for a `*` that has a segment after it.
    var wildcard = -1
    /// The patterns that end here, in the order of their registration.
    var ending: [Int] = []
    /// The patterns that end here with one `*` more, and so match all that goes on from here.
    var open: [Int] = []
  }

  private var nodes = [Node()]
  private var values: [Value] = []

  public init() {}

  public var isEmpty: Bool { values.isEmpty }
  /// How many values have been inserted.
  public var count: Int { values.count }

  /// Registers `value` for the types that `pattern` matches. One pattern may have several values.
  public mutating func insert(_ pattern: EventPattern, _ value: Value) {
    var node = 0
    for segment in pattern.segments.dropLast() { node = child(of: node, segment) }
    switch pattern.segments.last {
    case .literal(let segment)?:
      node = child(of: node, .literal(segment))
      nodes[node].ending.append(values.count)
    default:
      nodes[node].open.append(values.count)
    }
    values.append(value)
  }

  /// What is registered for `type`, in the order of registration.
  public func match(_ type: EventType) -> [Value] {
    var matched: [Value] = []
    forEachMatch(type) { matched.append($0) }
    return matched
  }

  /// Calls `body` with what is registered for `type`, in the order of registration.
  public func forEachMatch<Failure: Error>(
    _ type: EventType, _ body: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    var lists = MatchedLists()
    collect(type.storage.segments, depth: 0, node: 0, into: &lists)
    if lists.others.isEmpty {
      for index in lists.first { try body(values[index]) }
    } else {
      for index in lists.merged() { try body(values[index]) }
    }
  }

  private mutating func child(of node: Int, _ segment: EventPattern.Segment) -> Int {
    let next = nodes.count
    switch segment {
    case .literal(let name):
      if let known = nodes[node].children[name] { return known }
      nodes[node].children[name] = next
    case .wildcard:
      if nodes[node].wildcard >= 0 { return nodes[node].wildcard }
      nodes[node].wildcard = next
    }
    nodes.append(Node())
    return next
  }

  private func collect(_ segments: [EventSegment], depth: Int, node: Int, into lists: inout MatchedLists) {
    guard depth < segments.count else { return lists.add(nodes[node].ending) }
    lists.add(nodes[node].open)
    if !nodes[node].children.isEmpty, let child = nodes[node].children[segments[depth]] {
      collect(segments, depth: depth + 1, node: child, into: &lists)
    }
    if nodes[node].wildcard >= 0 {
      collect(segments, depth: depth + 1, node: nodes[node].wildcard, into: &lists)
    }
  }
}

extension PatternTrie: Sendable where Value: Sendable {}

/// The lists found on the way down. One alone, the common case, is in order already.
private struct MatchedLists {
  var first: [Int] = []
  var others: [[Int]] = []

  mutating func add(_ list: [Int]) {
    if list.isEmpty { return }
    if first.isEmpty { first = list } else { others.append(list) }
  }

  func merged() -> [Int] { (first + others.joined()).sorted() }
}
