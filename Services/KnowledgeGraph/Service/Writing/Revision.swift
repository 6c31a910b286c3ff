/// What the graph was told of a memory: the outcome of one extraction, or that the memory was deleted.
struct Revision: Hashable, Sendable {
  let rowID: Int64
  let memoryVersion: Int
  let isDeletion: Bool
  /// Of two outcomes for one version, the one of the higher precedence is in force.
  let precedence: Int
  let eventID: String
}
