import Foundation
import JSON
import Testing

@testable import roost

@Suite("The demo", .timeLimit(.minutes(5)))
struct DemoTests {
  private func event(_ id: String, _ type: String, _ flow: String, _ payload: JSONValue = [:]) -> JSONValue {
    [
      "event_id": .string(id), "event_type": .string(type), "metadata": ["correlation_id": .string(flow)],
      "payload": payload,
    ]
  }

  @Test("a flow is complete once it was acknowledged and has all its steps, in whatever order these come")
  func complete() {
    var record = DemoRecord()
    for (index, type) in DemoRecord.steps.enumerated() {
      _ = record.take(event("e\(index)", type, "a"), at: .milliseconds(10 * (index + 1)))
    }
    #expect(record.complete == 0)
    record.acknowledge("a", at: .milliseconds(12))
    record.acknowledge("b", at: .milliseconds(20))
    #expect(record.complete == 1)
    #expect(record.isComplete("a"))
    #expect(record.missing.map(\.correlationID) == ["b"])
    #expect(record.missing.map(\.step) == ["memory.created"])
    #expect(record.delays == [.milliseconds(18)])
    #expect(record.lastStepAt == .milliseconds(30))
  }

  @Test("an event that is told twice counts once")
  func repeats() {
    var record = DemoRecord()
    let updated = event(
      "e", "knowledge_graph.updated", "a",
      ["entities_added": ["x", "y"], "facts_added": ["f", "g"], "facts_withdrawn": ["h"]])
    let isNew = (0..<2).map { _ in record.take(updated, at: .zero) }
    #expect(isNew == [true, false])
    #expect(record.events == 1)
    #expect(record.eventsByType == ["knowledge_graph.updated": 1])
    #expect(record.entities == 2)
    #expect(record.facts == 1)
  }

  private func source(_ text: String, limit: Int = 200) throws -> DemoSource {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("roost-demo-\(UUID().uuidString)")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try DemoSource(path: url.path, limit: limit)
  }

  @Test("every story gives its share of the texts, in the order of the file")
  func shares() throws {
    func line(_ name: String, _ count: Int) -> String {
      let texts = (0..<count).map { "\"\(name)\($0) \(String(repeating: "x", count: 80))\"" }
      return "{\"paragraphs\":[\"A headline\",\(texts.joined(separator: ","))]}"
    }
    let found = try source([line("a", 5), "", line("b", 1), line("c", 5)].joined(separator: "\n"), limit: 6)
    #expect(found.texts.map { $0.prefix(2) } == ["a0", "a1", "a2", "b0", "c0", "c1"])
    #expect(found.name.hasPrefix("3 stories of "))
  }

  @Test("plain text is taken by its paragraphs, and one paragraph however short")
  func plain() throws {
    #expect(try source("One short\nparagraph.\n").texts == ["One short paragraph."])
    let long = String(repeating: "word ", count: 20)
    #expect(try source("Title\n\n\(long)\n \n\(long)b\n").texts == [long, long + "b"])
    #expect(throws: CommandError.self) { try source("\n \n") }
    #expect(throws: CommandError.self) { try source("{\"text\":\"a\"}\n{\n") }
  }

  @Test("it ends with the whole flow shown, and its figures are of what it fed")
  func run() async throws {
    let run = await CommandRun(["demo", "--json"])
    #expect(run.exitCode == .success, "\(run.errors)")
    #expect(run.errors.isEmpty)
    let document = try JSONValue(parsing: run.output)
    #expect(document["memories"]?.intValue == DemoTexts.all.count)
    for step in DemoRecord.steps { #expect(document["events_by_type"]?[step]?.intValue == DemoTexts.all.count) }
    #expect(try #require(document["entities"]?.intValue) > DemoTexts.all.count)
    #expect(try #require(document["best_connected"]?["facts"]?.intValue) > 0)
    #expect(document["flow"]?["events"]?.intValue == 3)
  }

  @Test("a person sees the events, the graph, a flow, the figures and how to go on")
  func text() async {
    let run = await CommandRun(["demo"])
    #expect(run.exitCode == .success, "\(run.errors)")
    for part in [
      "13 memories from the demo's own text", "memory.entity.extracted", "The graph around the best connected entity",
      "One flow from cause to effect", "p50 ", "make run",
    ] { #expect(run.output.contains(part), "\(part)") }
  }
}
