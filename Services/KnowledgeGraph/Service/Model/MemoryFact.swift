/// A fact and one of its sources in a memory.
struct MemoryFact: Hashable, Sendable {
  let fact: Fact
  let source: FactSource
}
