import Events
import JSON
import Testing

@testable import roost

@Suite("What people see")
struct RenderingTests {
  private func event(_ id: String, _ type: String, _ milliseconds: Int, cause: String? = nil) -> Flow.Event {
    Flow.Event(
      id: id, type: type, time: Timestamp(microsecondsSinceEpoch: 1_700_000_000_000_000 + Int64(milliseconds) * 1000),
      causationID: cause, service: "s")
  }

  @Test("a flow is a causal tree with times and bars, and the longest path stands out")
  func timeline() {
    let flow = Flow(
      correlationID: "corr_1", status: "completed",
      events: [
        event("a", "memory.created", 0), event("b", "memory.entity.extracted", 10, cause: "a"),
        event("c", "knowledge_graph.updated", 40, cause: "b"), event("d", "analytics.seen", 20, cause: "a"),
      ], longestPath: ["a", "b", "c"])
    #expect(
      FlowReport(flow).lines(width: 100) == [
        "corr_1  4 events in 40.0 ms  completed",
        "memory.created                  0.0 ms  ▏",
        "├─ memory.entity.extracted     10.0 ms  ██████████",
        "│  └─ knowledge_graph.updated  40.0 ms            ██████████████████████████████",
        "└─ analytics.seen              20.0 ms  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒",
      ])
  }

  @Test("a flow whose causes form a ring, or lie outside of it, is told all the same")
  func oddCauses() {
    let flow = Flow(
      correlationID: "c", status: "running",
      events: [event("a", "one", 0, cause: "b"), event("b", "two", 5, cause: "a"), event("c", "three", 5, cause: "x")])
    let lines = FlowTimeline(flow).render(width: 80)
    #expect(lines.count == 3)
    #expect(lines.map { $0.prefix(6).trimmingSpaces } == ["three", "one", "└─ two"])
  }

  private let graph = Neighbourhood(
    entities: [
      .init(id: "1", name: "John", type: "person"), .init(id: "2", name: "Paris", type: "location"),
      .init(id: "3", name: "France", type: "location"), .init(id: "4", name: "Acme", type: "organization"),
    ],
    facts: [
      .init(id: "f1", source: "1", type: "visited", target: "2", validFrom: "2024-06-01T00:00:00Z"),
      .init(id: "f2", source: "2", type: "located_in", target: "3"),
      .init(id: "f3", source: "4", type: "employs", target: "1"),
      .init(id: "f4", source: "4", type: "located_in", target: "3"),
    ])

  @Test("a graph is a tree from its root: each entity unfolds once, each fact shows once")
  func tree() {
    #expect(
      GraphTree(graph, root: "1")?.render() == [
        "John (person)",
        "├─ visited → Paris (location) since 2024-06-01",
        "│  └─ located_in → France (location)",
        "└─ ← employs Acme (organization)",
        "   └─ located_in → France (location) ↑",
      ])
    #expect(GraphTree(graph, root: "9") == nil)
  }

  @Test("a tree says how many branches it left out")
  func treeLimit() {
    #expect(
      GraphTree(graph, root: "1")?.render(limit: 1) == [
        "John (person)", "├─ visited → Paris (location) since 2024-06-01", "│  └─ located_in → France (location)",
        "└─ … 1 more",
      ])
  }

  @Test("a graph's names cannot break out of Graphviz's or Mermaid's quotes")
  func graphLanguages() {
    let graph = Neighbourhood(
      entities: [.init(id: "1", name: #"A "b" \ <c>"#, type: "person"), .init(id: "2", name: "end", type: "x")],
      facts: [.init(id: "f", source: "1", type: "knows", target: "2")])
    #expect(
      GraphDot.render(graph) == [
        "digraph roost {", "  rankdir=LR;", "  node [shape=box, style=rounded];",
        #"  "1" [label="A \"b\" \\ <c>\nperson"];"#, #"  "2" [label="end\nx"];"#, #"  "1" -> "2" [label="knows"];"#,
        "}",
      ])
    #expect(
      GraphMermaid.render(graph) == [
        "flowchart LR", #"  n0["A #quot;b#quot; \ #lt;c#gt; (person)"]"#, #"  n1["end (x)"]"#, #"  n0 -->|"knows"| n1"#,
      ])
  }

  @Test("a table is cut at the terminal's width and nowhere else")
  func table() {
    var table = TextTable("id", .number("tries"), "error")
    table.add("fd_1", "12", "line one\nline two")
    table.add("fd_222", "3", "")
    #expect(
      table.lines(width: nil) == ["id      tries  error", "fd_1       12  line one line two", "fd_222      3"])
    #expect(table.lines(width: 22)[1] == "fd_1       12  line o…")
  }

  @Test("a progress bar fills to an eighth of a column and says rate and rest")
  func progress() {
    #expect(ProgressBar.bar(0, width: 4) == "░░░░")
    #expect(ProgressBar.bar(0.5, width: 4) == "██░░")
    #expect(ProgressBar.bar(0.53125, width: 4) == "██▏░")
    #expect(ProgressBar.bar(2, width: 4) == "████")
    let line = ProgressBar(unit: "memories").line(done: 2000, fraction: 0.25, elapsed: .seconds(10), width: 70)
    #expect(line == "███████▎░░░░░░░░░░░░░░░░░░░░░   25%  2,000 memories  200/s  30 s left")
  }

  @Test(
    "figures are written as people read them",
    arguments: [
      (Figures.count(1_234_567), "1,234,567"), (Figures.count(-1000), "-1,000"), (Figures.decimal(0.05, 1), "0.1"),
      (Figures.decimal(-0.04, 1), "0.0"), (Figures.milliseconds(0.44), "0.4 ms"),
      (Figures.milliseconds(99.96), "100 ms"), (Figures.milliseconds(4210), "4.21 s"),
      (Figures.milliseconds(185_000), "3 min 5 s"), (Figures.milliseconds(90_061_000), "1 d 1 h"),
      (Figures.bytes(1023), "1023 B"), (Figures.bytes(1536), "1.5 KiB"), (Figures.rate(5, in: .seconds(2)), "2.5/s"),
      (Figures.rate(5, in: .zero), "?/s"), (Figures.count(1, "memory", "memories"), "1 memory"),
    ])
  func figures(text: String, expected: String) {
    #expect(text == expected)
  }

  @Test("a percentile is a value of the list, by the nearest rank")
  func percentile() {
    let values = (1...100).reversed().map { Duration.milliseconds($0) }
    #expect(Figures.percentile(0.5, of: values) == .milliseconds(50))
    #expect(Figures.percentile(0.99, of: values) == .milliseconds(99))
    #expect(Figures.percentile(0, of: values) == .milliseconds(1))
    #expect(Figures.percentile(0.5, of: []) == nil)
  }

  @Test("text from the server cannot move the cursor or change colours")
  func printable() {
    #expect(DisplayText.printable("a\u{1B}[31mb\r\n\tc\u{202E}d") == "a [31mb cd")
    #expect(DisplayText.truncated("日本語テキスト", to: 7) == "日本語…")
    #expect(DisplayText.padded("日本", to: 6) == "日本  ")
  }

  @Test("an event's line says what the event is about")
  func eventLine() throws {
    let created = try JSONValue(
      parsing: """
        {"event_type":"memory.created","timestamp":"2024-05-06T07:08:09.123456Z",
         "metadata":{"correlation_id":"corr_1"},"payload":{"memory_id":"mem_1","content":"John visited\\nParis"}}
        """)
    #expect(
      EventLine.render(created, width: nil)
        == "07:08:09.123  memory.created                  corr_1  “John visited Paris”")
    let extracted: JSONValue = [
      "event_type": "memory.entity.extracted",
      "payload": [
        "entities": [["name": "John"], ["name": "Paris"], ["name": "John"]], "relationships": [["type": "visited"]],
      ],
    ]
    #expect(EventLine.subject(extracted) == "1 statement on John, Paris")
    let named: JSONValue = [
      "event_type": "memory.entity.extracted", "payload": ["entities": [["name": "John"]], "relationships": []],
    ]
    #expect(EventLine.subject(named) == "John")
    let searched: JSONValue = [
      "event_type": "memory.searched", "payload": ["search_id": "s", "query": "paris", "result_count": 1],
    ]
    #expect(EventLine.subject(searched) == "“paris”, 1 hit")
    let updated: JSONValue = [
      "event_type": "knowledge_graph.updated",
      "payload": ["entities_added": ["a", "b"], "facts_added": ["c"], "facts_withdrawn": []],
    ]
    #expect(EventLine.subject(updated) == "+2 entities, +1 fact")
    #expect(
      EventLine.subject(["event_type": "agent.created", "payload": ["agent_id": "agent_1", "name": "Scout"]]) == "Scout"
    )
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String { split(separator: " ").joined(separator: " ") }
}
