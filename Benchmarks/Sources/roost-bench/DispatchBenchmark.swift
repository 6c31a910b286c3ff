import Events
import JSON
import MemoryEvents

/// Finding an event's handlers among few and among many, and calling a typed one.
struct DispatchBenchmark: Benchmark {
  let name = "dispatch"
  let summary = "find the handlers of an event among 10 and 10,000 patterns, and call a typed one"

  typealias Handler = @Sendable (Event) throws -> Int

  func run() async throws -> [Row] {
    let event = try Event(parsing: SampleEvent.bytes)
    var rows: [Row] = []
    for count in [10, 10_000] {
      let patterns = try self.patterns(count)
      var handlers = PatternTrie<Handler>()
      for pattern in patterns { handlers.insert(pattern) { _ in 0 } }
      handlers.insert(EventPattern(MemoryCreated.eventType)) { event in
        let typed = TypedEvent(event: event, payload: try event.decode(MemoryCreated.self))
        return typed.payload.version
      }
      var small = PatternTrie<Int>()
      for pattern in patterns { small.insert(pattern, 1) }
      small.insert(EventPattern(MemoryCreated.eventType), 1)

      let matched = perSecond { count in
        var found = 0
        for _ in 0..<count { small.forEachMatch(event.type) { found += $0 } }
        keep(found)
      }
      var typedHandlers = PatternTrie<@Sendable (TypedEvent<MemoryCreated>) -> Int>()
      for pattern in patterns { typedHandlers.insert(pattern) { _ in 0 } }
      typedHandlers.insert(EventPattern(MemoryCreated.eventType)) { $0.payload.version }
      let typed = TypedEvent(event: event, payload: try event.decode(MemoryCreated.self))
      let routed = perSecond { count in
        var sum = 0
        for _ in 0..<count { typedHandlers.forEachMatch(event.type) { sum += $0(typed) } }
        keep(sum)
      }
      let handled = try perSecond { count in
        var sum = 0
        for _ in 0..<count {
          try handlers.forEachMatch(event.type) { (handler) throws in sum += try handler(event) }
        }
        keep(sum)
      }
      let scanned = perSecond { count in
        var found = 0
        for _ in 0..<count { for pattern in patterns where pattern.matches(event.type) { found += 1 } }
        keep(found)
      }
      rows.append(Row("match, \(count) patterns", ours: matched, yardstick: ("a look at each pattern", scanned)))
      rows.append(Row("match, call a typed handler, \(count) patterns", ours: routed))
      rows.append(Row("match, decode, call a typed handler, \(count) patterns", ours: handled))
    }
    return rows
  }

  /// Patterns of a large installation: exact types, domains and a few wildcards, none of them the event's.
  private func patterns(_ count: Int) throws -> [EventPattern] {
    try (0..<count).map { index in
      switch index % 10 {
      case 0: try EventPattern(validating: "domain\(index).*")
      case 1: try EventPattern(validating: "*.started\(index)")
      case 2: try EventPattern(validating: "memory.*.extracted\(index)")
      case 3...6: try EventPattern(validating: "memory.kind\(index).changed")
      default: try EventPattern(validating: "domain\(index).created")
      }
    }
  }
}
