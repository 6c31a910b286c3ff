import EventGenerator
import Foundation
import JSON
import Testing

/// What other programs rely on: which events there are and how their fields are spelt. `!` marks a required one.
@Suite("The platform's contracts")
struct ContractTests {
  private static let contracts: [(type: String, fields: String)] = [
    ("memory.created", "memory_id! content! filters user_id agent_id version! created_at"),
    ("memory.updated", "memory_id! updated_fields! version! content filters"),
    ("memory.deleted", "memory_id! version!"),
    ("memory.searched", "search_id! query! filters result_count!"),
    (
      "memory.entity.extracted",
      "memory_id! memory_version! extractor! entities! relationships! memory_created_at"
    ),
    (
      "knowledge_graph.updated",
      "memory_id! entities_added! facts_added! facts_withdrawn! entity_count fact_count reason"
    ),
    ("knowledge_graph.entity.confirmed", "entity_id! name! type!"),
    ("knowledge_graph.entity.unconfirmed", "entity_id! name! type!"),
    ("knowledge_graph.entity.merged", "entity_id! merged_entity_id! reason confidence"),
    ("agent.created", "agent_id! name capabilities!"),
    ("agent.updated", "agent_id! updated_fields! capabilities name"),
    ("agent.capability.execution.started", "agent_id! capability_id! execution_id! input"),
    (
      "agent.capability.execution.completed",
      "agent_id! capability_id! execution_id! result_summary! duration_ms"
    ),
    ("agent.capability.execution.failed", "agent_id! capability_id! execution_id! error! error_kind duration_ms"),
    ("capability.registered", "capability_id! name! kind! version"),
    ("capability.updated", "capability_id! updated_fields!"),
    ("capability.execution.completed", "capability_id! execution_id! agent_id result duration_ms!"),
    ("capability.execution.failed", "capability_id! execution_id! agent_id error! error_kind! duration_ms!"),
    ("analytics.alert.raised", "alert_id! alert_type! severity! subject! details"),
    ("analytics.alert.resolved", "alert_id! alert_type! subject!"),
    ("analytics.flow.completed", "correlation_id! event_count! duration_seconds! status! final_event!"),
    ("evolution.pattern.detected", "pattern_id! pattern_type! confidence! data_points! subject"),
    (
      "evolution.proposal.generated", "proposal_id! proposal_type! description! capability_id changes pattern_id"
    ),
    ("evolution.proposal.validated", "proposal_id! validation_result! score!"),
    ("evolution.implementation.started", "proposal_id! implementation_id!"),
    ("evolution.implementation.completed", "proposal_id! implementation_id! changes!"),
    ("circuit_breaker.state.changed", "service_name! previous_state! current_state! failure_count"),
    ("circuit_breaker.call.rejected", "service_name! state! rejected_count"),
    ("circuit_breaker.call.failed", "service_name! failure_count! error!"),
    ("delivery.failed", "failed_delivery_id! handler! event_id! event_type attempts! error! status!"),
    ("delivery.resolved", "failed_delivery_id! handler! event_id! resolution!"),
  ]

  /// The schemas in the package by event type.
  private static func schemas() throws -> [String: JSONValue] {
    var schemas: [String: JSONValue] = [:]
    let folders =
      ["Agent", "Analytics", "Capability", "Evolution", "KnowledgeGraph", "Memory"].map { "Services/\($0)/Events" }
      + ["Sources/HostEvents"]
    for folder in folders {
      let url = URL(fileURLWithPath: Repository.path).appendingPathComponent("\(folder)/schemas")
      for file in try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
      where file.pathExtension == "json" {
        schemas[file.deletingPathExtension().lastPathComponent] = try JSONValue(
          parsing: [UInt8](Data(contentsOf: file)))
      }
    }
    return schemas
  }

  /// A schema's fields in the notation above, sorted.
  private static func fields(of schema: JSONValue?) -> [String] {
    let required = schema?["required"]?.arrayValue ?? []
    return (schema?["properties"]?.objectValue?.keys ?? []).map { required.contains(.string($0)) ? "\($0)!" : $0 }
      .sorted()
  }

  @Test("every event has the fields that others rely on; what is added is optional", arguments: contracts)
  func contract(type: String, fields: String) throws {
    let schema = try #require(try Self.schemas()[type])
    let relied = Set(fields.split(separator: " ").map(String.init))
    let found = Set(Self.fields(of: schema))
    #expect(relied.subtracting(found) == [])
    #expect(found.subtracting(relied).filter { $0.hasSuffix("!") } == [])
    #expect(schema["x-version"]?.stringValue?.hasPrefix("1.") == true)
  }

  @Test("an extraction says what and where it found it")
  func extraction() throws {
    let definitions = try #require(try Self.schemas()["memory.entity.extracted"]?["$defs"])
    #expect(
      Self.fields(of: definitions["Entity"]) == ["confidence!", "end", "name!", "start", "text", "type!"])
    #expect(
      Self.fields(of: definitions["Relationship"]) == [
        "confidence!", "end", "source!", "source_type", "start", "target!", "target_type", "text", "type!",
        "valid_from", "valid_to",
      ])
  }

  @Test("every field of every event is described")
  func described() throws {
    for (type, schema) in try Self.schemas() {
      #expect(schema["title"]?.stringValue != nil && schema["description"]?.stringValue != nil, "\(type)")
      let structures = [schema] + (schema["$defs"]?.objectValue?.values ?? [])
      for structure in structures {
        for (name, property) in structure["properties"]?.objectValue ?? [:] {
          #expect(property["description"]?.stringValue?.isEmpty == false, "\(type): \(name)")
        }
      }
    }
  }
}
