/// Finds what is registered for an event type. The cost of a match grows with the segments of the type and with what
/// is found, not with the number of patterns.
///
/// A value type: build it, then match from as many threads as wanted.
public struct PatternTrie<Value> {
  @usableFromInline var nodes = PatternNodes()
  @usableFromInline var values: [Value] = []

  public init() {}

  public var isEmpty: Bool { values.isEmpty }
  /// How many values have been inserted.
  public var count: Int { values.count }

  /// Registers `value` for the types that `pattern` matches. One pattern may have several values.
  public mutating func insert(_ pattern: EventPattern, _ value: Value) {
    nodes.insert(pattern, number: values.count)
    values.append(value)
  }

  /// What is registered for `type`, in the order of registration.
  @inlinable
  public func match(_ type: EventType) -> [Value] {
    var matched: [Value] = []
    forEachMatch(type) { matched.append($0) }
    return matched
  }

  /// Calls `body` with what is registered for `type`, in the order of registration.
  @inlinable
  public func forEachMatch<Failure: Error>(
    _ type: EventType, _ body: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    for number in nodes.match(type) { try body(values[number]) }
  }
}

extension PatternTrie: Sendable where Value: Sendable {}
