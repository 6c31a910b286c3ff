/// What one run of the demo gave.
struct DemoResult: Sendable {
  let record: DemoRecord
  let memories: Int
  /// How many memories were fed side by side, and how long these took until the last was in the graph.
  let bulk: Int
  let bulkTime: Duration?
  /// The correlation ids of the flows that were shown in full.
  let shown: [String]
}
