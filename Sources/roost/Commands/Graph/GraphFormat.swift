/// How `roost graph show` writes a graph.
enum GraphFormat: String, CaseIterable, Sendable {
  case tree, json, dot, mermaid
}
