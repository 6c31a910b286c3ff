import JSON

/// What the demo saw of its flows: a pure value, fed with acknowledgements and events.
struct DemoRecord: Sendable {
  /// The three events that each memory leads to.
  static let steps = ["memory.created", "memory.entity.extracted", "knowledge_graph.updated"]

  private struct FlowSteps: Sendable {
    var acknowledgedAt: Duration?
    var updatedAt: Duration?
    var types: Set<String> = []
  }

  private var flows: [String: FlowSteps] = [:]
  private var eventIDs: Set<String> = []
  private(set) var eventsByType: [String: Int] = [:]
  private(set) var entities = 0
  private(set) var facts = 0
  /// How many memories were acknowledged and have all their steps.
  private(set) var complete = 0
  /// When the last of the steps came.
  private(set) var lastStepAt: Duration = .zero

  var events: Int { eventIDs.count }

  mutating func acknowledge(_ correlationID: String, at time: Duration) {
    change(correlationID) { $0.acknowledgedAt = time }
  }

  /// - Returns: False for an event that was told before.
  mutating func take(_ event: JSONValue, at time: Duration) -> Bool {
    guard let id = event["event_id"]?.stringValue, let type = event["event_type"]?.stringValue,
      eventIDs.insert(id).inserted
    else { return false }
    eventsByType[type, default: 0] += 1
    if type == "knowledge_graph.updated" {
      entities += event["payload"]?["entities_added"]?.arrayValue?.count ?? 0
      facts += event["payload"]?["facts_added"]?.arrayValue?.count ?? 0
      facts -= event["payload"]?["facts_withdrawn"]?.arrayValue?.count ?? 0
    }
    guard Self.steps.contains(type), let correlationID = event["metadata"]?["correlation_id"]?.stringValue else {
      return true
    }
    lastStepAt = max(lastStepAt, time)
    change(correlationID) { flow in
      flow.types.insert(type)
      if type == "knowledge_graph.updated" { flow.updatedAt = flow.updatedAt ?? time }
    }
    return true
  }

  func isComplete(_ correlationID: String) -> Bool {
    flows[correlationID].map { Self.isComplete($0) } ?? false
  }

  /// The acknowledged flows that lack a step, with the first step that is missing.
  var missing: [(correlationID: String, step: String)] {
    flows.filter { $0.value.acknowledgedAt != nil }.compactMap { id, flow in
      Self.steps.first { !flow.types.contains($0) }.map { (id, $0) }
    }.sorted { $0.correlationID < $1.correlationID }
  }

  /// From each acknowledgement to its `knowledge_graph.updated`; zero where the event was here first.
  var delays: [Duration] {
    flows.values.compactMap { flow in
      guard let acknowledged = flow.acknowledgedAt, let updated = flow.updatedAt else { return nil }
      return max(.zero, updated - acknowledged)
    }
  }

  private mutating func change(_ correlationID: String, _ body: (inout FlowSteps) -> Void) {
    let before = isComplete(correlationID)
    body(&flows[correlationID, default: FlowSteps()])
    if !before, isComplete(correlationID) { complete += 1 }
  }

  private static func isComplete(_ flow: FlowSteps) -> Bool {
    flow.acknowledgedAt != nil && steps.allSatisfy(flow.types.contains)
  }
}
