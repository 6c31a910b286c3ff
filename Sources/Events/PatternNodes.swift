/// Which patterns, by number, match an event type: the trie without what is registered in it.
///
/// It knows nothing of the values' type, so that the way down is compiled for none in particular: that is most of its
/// speed.
@usableFromInline
struct PatternNodes: Sendable {
  private struct Node {
    var children: [EventSegment: Int] = [:]
    /// The child for a `*` that has a segment after it.
    var wildcard = -1
    /// The patterns that end here, in the order of their registration.
    var ending: [Int] = []
    /// The patterns that end here with one `*` more, and so match all that goes on from here.
    var open: [Int] = []
  }

  private var nodes = [Node()]

  init() {}

  mutating func insert(_ pattern: EventPattern, number: Int) {
    var node = 0
    for segment in pattern.segments.dropLast() { node = child(of: node, segment) }
    switch pattern.segments.last {
    case .literal(let segment)?:
      node = child(of: node, .literal(segment))
      nodes[node].ending.append(number)
    default:
      nodes[node].open.append(number)
    }
  }

  /// The numbers of the patterns that match, ascending.
  @usableFromInline
  func match(_ type: EventType) -> [Int] {
    var found = Found()
    let segments = type.storage.segments
    nodes.withUnsafeBufferPointer { nodes in
      segments.withUnsafeBufferPointer { Self.collect($0, depth: 0, nodes, 0, &found) }
    }
    return found.numbers
  }

  private static func collect(
    _ segments: UnsafeBufferPointer<EventSegment>, depth: Int, _ nodes: UnsafeBufferPointer<Node>, _ node: Int,
    _ found: inout Found
  ) {
    guard depth < segments.count else { return found.add(nodes[node].ending) }
    found.add(nodes[node].open)
    if !nodes[node].children.isEmpty, let child = nodes[node].children[segments[depth]] {
      collect(segments, depth: depth + 1, nodes, child, &found)
    }
    if nodes[node].wildcard >= 0 { collect(segments, depth: depth + 1, nodes, nodes[node].wildcard, &found) }
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

  /// What was found on the way down. One list alone, the common case, is in order already and is not copied.
  private struct Found {
    private var first: [Int] = []
    private var others: [Int] = []

    mutating func add(_ list: [Int]) {
      if list.isEmpty { return }
      if first.isEmpty { first = list } else { others += list }
    }

    var numbers: [Int] { others.isEmpty ? first : (first + others).sorted() }
  }
}
