import JSON

/// The second half of the demo: the graph, one flow, the figures, and how to go on.
struct DemoReport: Sendable {
  let client: APIClient
  let result: DemoResult
  /// Whether the server ends with the demo.
  let isAlone: Bool

  /// Around an entity with fewer facts one looks a step further.
  private static let fewFacts = 10
  /// How long the event monitor may take to tell a flow that is over.
  private static let patience: Duration = .seconds(10)

  func write(to output: TextOutput) async throws {
    let style = output.style
    let width = output.isTerminal ? output.width : 100
    let (entity, neighbourhood) = try await bestConnected()
    try output.line("\n" + style.bold("The graph around the best connected entity"))
    guard let tree = GraphTree(neighbourhood, root: entity) else {
      throw CommandError(.failure, "the graph's neighbourhood lacks its own entity")
    }
    for line in tree.render(width: width, limit: 12, style: style) { try output.line(line) }
    try output.line("\n" + style.bold("One flow from cause to effect"))
    for line in FlowReport(try await flow()).lines(width: width, style: style) { try output.line(line) }
    try output.line("\n" + style.bold("In all"))
    for line in figures { try output.line(line) }
    try output.line("\n" + style.bold("How to go on"))
    if isAlone { try output.line("  make run                               keeps it up at http://127.0.0.1:8080") }
    try output.line("  roost memory add \"Ann moved to Rome.\"  stores a memory of your own")
    try output.line("  roost graph show Ann                   shows what became of it; roost help lists the rest")
  }

  /// The same as a document.
  func document() async throws -> JSONValue {
    let record = result.record
    let (entity, neighbourhood) = try await bestConnected()
    let flow = try await flow()
    let delays = record.delays
    func milliseconds(_ part: Double) -> JSONValue {
      Figures.percentile(part, of: delays).map { JSONValue($0 / .milliseconds(1)) } ?? .null
    }
    return [
      "memories": JSONValue(result.memories), "events": JSONValue(record.events),
      "events_by_type": .object(JSONObject(record.eventsByType.sorted { $0.key < $1.key }.map { ($0, JSONValue($1)) })),
      "entities": JSONValue(record.entities), "facts": JSONValue(record.facts),
      "memories_per_second": result.bulkTime.map { JSONValue(Double(result.bulk) / ($0 / .seconds(1))) } ?? .null,
      "p50_ms": milliseconds(0.5), "p99_ms": milliseconds(0.99),
      "best_connected": .object([
        "entity_id": .string(entity), "facts": JSONValue(neighbourhood.facts.count),
        "name": neighbourhood.entities.first { $0.id == entity }.map { .string($0.name) } ?? .null,
      ]),
      "flow": .object([
        "correlation_id": .string(flow.correlationID), "events": JSONValue(flow.events.count),
        "duration_ms": JSONValue(FlowTimeline(flow).duration),
      ]),
    ]
  }

  private var figures: [String] {
    let record = result.record
    var lines = [
      "  \(Figures.count(result.memories, "memory", "memories")), \(Figures.count(record.events, "event", "events")), "
        + "\(Figures.count(record.entities, "entity", "entities")), \(Figures.count(record.facts, "fact", "facts"))"
    ]
    if let time = result.bulkTime {
      lines.append(
        "  \(Figures.rate(result.bulk, in: time).dropLast(2)) memories a second through the whole flow, each on the disk at every step"
      )
    }
    if let half = Figures.percentile(0.5, of: record.delays), let most = Figures.percentile(0.99, of: record.delays) {
      lines.append(
        "  from acknowledgement to knowledge_graph.updated: p50 \(Figures.duration(half)), p99 \(Figures.duration(most))"
      )
    }
    var table = TextTable("event", .number("count"))
    for (type, count) in record.eventsByType.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      table.add(type, Figures.count(count))
    }
    return lines + table.lines(width: nil).map { "  " + $0 }
  }

  private func bestConnected() async throws -> (entity: String, Neighbourhood) {
    guard let best = try await client.get("/v1/graph/entities", [("limit", "1")]).list("items").first else {
      throw CommandError(.failure, "the knowledge graph is empty: nothing was found in the texts")
    }
    let id = try best.text("entity_id")
    let path = "/v1/graph/entities/\(URLText.escaped(id))/neighbourhood"
    let near = try Neighbourhood(try await client.get(path, [("depth", "1")]))
    guard near.facts.count < Self.fewFacts else { return (id, near) }
    return (id, try Neighbourhood(try await client.get(path, [("depth", "2")])))
  }

  /// The first flow that was shown. The event monitor is a consumer like any other and may be a moment behind.
  private func flow() async throws -> Flow {
    let id = result.shown.first ?? ""
    let start = ContinuousClock.now
    while true {
      let response = try await client.call("GET", "/v1/flows/\(URLText.escaped(id))")
      if response.isSuccess {
        let flow = try Flow(try response.json())
        if Set(DemoRecord.steps).isSubset(of: flow.events.map(\.type)) { return flow }
      } else if response.status != 404 {
        throw APIClient.refusal(response)
      }
      guard .now - start < Self.patience else {
        throw CommandError(.failure, "the event monitor does not tell the whole flow \(id)")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
