import Foundation
import RoostTesting
import RuntimeHost
import Testing

@testable import AnalyticsService

/// The monitor on a real database, with a clock that stands still until it is moved.
@Suite("The event monitor", .timeLimit(.minutes(5)))
struct EventMonitorTests {
  /// A service environment with the monitor's tables, and the events that it published.
  private struct Bench {
    let environment: ServiceEnvironment
    let clock: ManualClock
    var settings = AnalyticsSettings()

    static func run(
      on engine: TestEngine, _ settings: AnalyticsSettings = AnalyticsSettings(),
      _ body: (Bench) async throws -> Void
    ) async throws {
      try await TestDatabases.run(on: engine) { databases in
        try await run(settings, on: databases, clock: ManualClock(), body)
      }
    }

    /// The same on databases and a clock that outlive it: for tests that start the monitor again.
    static func run(
      _ settings: AnalyticsSettings = AnalyticsSettings(), on databases: TestDatabases, clock: ManualClock,
      _ body: (Bench) async throws -> Void
    ) async throws {
      let database = try await databases.open("analytics")
      let environment = ServiceEnvironment(
        name: "analytics", publishes: AnalyticsService.publishes, database: database, transport: InMemoryTransport(),
        clock: clock, logger: Logger(label: "test"), metrics: MetricsRegistry())
      try await environment.migrate()
      try await database.migrate(AnalyticsSchema.all, component: "analytics")
      try await body(Bench(environment: environment, clock: clock, settings: settings))
      await database.close()
    }

    /// Lets the monitor see an event.
    func see(
      _ type: EventType, flow: String?, id: String = EventID.make(), cause: String? = nil, payload: String = "{}"
    ) async throws {
      let event = Event(
        id: id, type: type, timestamp: clock.now(), sourceService: "test", payload: Array(payload.utf8),
        metadata: EventMetadata(correlationID: flow, causationID: cause))
      let monitor = EventMonitor(settings: settings)
      try await environment.context().transaction { tx in try monitor.watch([event], in: tx) }
    }

    func sweep() async throws { try await MonitorSweep(settings: settings).run(environment.context()) }

    func alerts(open: Bool) async throws -> [Alert] {
      try await environment.context().read { tx in
        try AlertStore().list(before: nil, isOpen: open, limit: 100, in: tx).map(\.0)
      }
    }

    /// The types in the outbox, in order.
    func published() async throws -> [String] {
      try await environment.context().read { tx in
        try tx.query("SELECT event_type FROM outbox ORDER BY sequence") { try $0.string(0) }
      }
    }

    func record(_ flow: String) async throws -> FlowRecord? {
      try await environment.context().read { try FlowStore(eventLimit: 10).record(of: flow, in: $0) }
    }
  }

  @Test("a flow is complete when it was quiet for long enough, and says so once", arguments: TestEngine.available)
  func completion(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      try await bench.see("memory.created", flow: "f")
      bench.clock.advance(by: .seconds(2))
      try await bench.see("knowledge_graph.updated", flow: "f")
      bench.clock.advance(by: .seconds(29))
      try await bench.sweep()
      #expect(try await bench.record("f")?.status == .open)
      bench.clock.advance(by: .seconds(2))
      try await bench.sweep()
      try await bench.sweep()
      let record = try #require(try await bench.record("f"))
      #expect(record.status == .completed)
      #expect(record.duration == .seconds(2))
      #expect(try await bench.published() == ["analytics.flow.completed"])
    }
  }

  @Test(
    "after a restart an open alert is not announced anew, an open flow goes on, and counts and baseline are there",
    arguments: TestEngine.available)
  func restart(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await TestDatabases.run(on: engine) { databases in
      try await Bench.run(on: databases, clock: clock) { bench in
        // An hour of one event a minute is the baseline; then come many at once, and a flow that takes too long.
        for _ in 0..<60 {
          try await bench.see("memory.created", flow: nil)
          clock.advance(by: .seconds(60))
        }
        for _ in 0..<100 { try await bench.see("memory.created", flow: nil) }
        try await bench.see("agent.run.started", flow: "slow")
        clock.advance(by: .seconds(11))
        try await bench.see("agent.run.stepped", flow: "slow")
        try await bench.sweep()
        #expect(try await bench.alerts(open: true).map(\.kind).sorted() == ["event_rate_spike", "slow_event_flow"])
        #expect(try await bench.published() == Array(repeating: "analytics.alert.raised", count: 2))
      }
      try await Bench.run(on: databases, clock: clock) { bench in
        try await bench.sweep()
        #expect(try await bench.published().count == 2, "what was announced before the restart was announced again")
        try await bench.see("agent.run.completed", flow: "slow")
        #expect(try await bench.record("slow")?.eventCount == 3)
        let counts = try await bench.environment.context().read { [clock] tx in
          try EventCounts().read(at: clock.now(), in: tx)
        }
        #expect(counts.first { $0.type == "memory.created" }?.total == 160)
        clock.advance(by: .seconds(3_600))
        try await bench.sweep()
        #expect(try await bench.alerts(open: true).isEmpty)
        #expect(
          try await bench.published().suffix(3).sorted() == [
            "analytics.alert.resolved", "analytics.alert.resolved", "analytics.flow.completed",
          ])
      }
    }
  }

  @Test("a flow that ends with a failure has failed", arguments: TestEngine.available)
  func failure(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      try await bench.see("agent.capability.execution.started", flow: "f")
      try await bench.see("agent.capability.execution.failed", flow: "f")
      bench.clock.advance(by: .seconds(40))
      try await bench.sweep()
      #expect(try await bench.record("f")?.status == .failed)
    }
  }

  @Test(
    "slow flows raise one alert for their kind, which repeats at its interval and resolves",
    arguments: TestEngine.available)
  func slowFlows(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      for flow in ["a", "b", "c"] {
        try await bench.see("memory.created", flow: flow)
      }
      bench.clock.advance(by: .seconds(11))
      for flow in ["a", "b", "c"] { try await bench.see("memory.entity.extracted", flow: flow) }
      try await bench.sweep()
      try await bench.sweep()
      let open = try await bench.alerts(open: true)
      #expect(open.map(\.kind) == ["slow_event_flow"])
      #expect(open.first?.subject == "memory.created")
      #expect(open.first?.details["slow_flows"] == 3)
      #expect(try await bench.published().filter { $0 == "analytics.alert.raised" }.count == 1)
      bench.clock.advance(by: .seconds(301))
      try await bench.sweep()
      bench.clock.advance(by: .seconds(301))
      try await bench.sweep()
      #expect(try await bench.alerts(open: true).isEmpty)
      #expect(try await bench.published().contains("analytics.alert.resolved"))
    }
  }

  @Test("a pause for a person does not make a flow slow", arguments: TestEngine.available)
  func pause(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      try await bench.see("evolution.proposal.validated", flow: "f")
      bench.clock.advance(by: .seconds(31))
      try await bench.sweep()
      bench.clock.advance(by: .seconds(3_600))
      try await bench.see("evolution.implementation.started", flow: "f")
      bench.clock.advance(by: .seconds(1))
      try await bench.see("evolution.implementation.completed", flow: "f")
      let record = try #require(try await bench.record("f"))
      #expect(record.slowAt == nil)
      #expect(record.duration == .seconds(1))
    }
  }

  @Test(
    "a rate that leaps above its baseline raises an alert; the same rate as ever does not",
    arguments: TestEngine.available)
  func spike(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      for _ in 0..<30 {
        for _ in 0..<4 { try await bench.see("steady.thing.happened", flow: nil) }
        try await bench.see("rare.thing.happened", flow: nil)
        bench.clock.advance(by: .seconds(60))
      }
      for _ in 0..<120 { try await bench.see("rare.thing.happened", flow: nil) }
      try await bench.sweep()
      let open = try await bench.alerts(open: true)
      #expect(open.map(\.subject) == ["rare.thing.happened"])
      #expect(open.first?.kind == "event_rate_spike")
    }
  }

  @Test("an open breaker and a dead delivery are alerts until they are put right", arguments: TestEngine.available)
  func conditions(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      try await bench.see(
        "circuit_breaker.state.changed", flow: nil,
        payload: #"{"service_name":"cap","previous_state":"CLOSED","current_state":"OPEN","failure_count":5}"#)
      try await bench.see(
        "delivery.failed", flow: nil,
        payload:
          #"{"failed_delivery_id":"fd_1","handler":"memory/x","event_id":"e","attempts":3,"error":"no","status":"dead"}"#
      )
      try await bench.sweep()
      #expect(Set(try await bench.alerts(open: true).map(\.kind)) == ["circuit_open", "failed_delivery"])
      try await bench.see(
        "circuit_breaker.state.changed", flow: nil,
        payload: #"{"service_name":"cap","previous_state":"HALF_OPEN","current_state":"CLOSED"}"#)
      try await bench.see(
        "delivery.resolved", flow: nil,
        payload: #"{"failed_delivery_id":"fd_1","handler":"memory/x","event_id":"e","resolution":"retried"}"#)
      bench.clock.advance(by: .seconds(301))
      try await bench.sweep()
      #expect(try await bench.alerts(open: true).isEmpty)
    }
  }

  @Test(
    "flows beyond the limit are forgotten, the oldest first, and counts are folded together without loss",
    arguments: TestEngine.available)
  func bounds(on engine: TestEngine) async throws {
    var settings = AnalyticsSettings()
    settings.flowLimit = 3
    settings.flowEventLimit = 2
    try await Bench.run(on: engine, settings) { bench in
      for flow in ["a", "b", "c", "d", "e"] {
        for _ in 0..<4 { try await bench.see("memory.created", flow: flow) }
      }
      try await bench.sweep()
      #expect(try await bench.record("b") == nil)
      #expect(try await bench.record("c")?.eventCount == 4)
      bench.clock.advance(by: .seconds(2 * 86_400))
      try await bench.see("memory.created", flow: nil)
      try await bench.sweep()
      #expect(try await bench.record("e") == nil)
      let counts = try await bench.environment.context().read { [now = bench.clock.now()] tx in
        try EventCounts().read(at: now, in: tx)
      }
      #expect(counts.first { $0.type == "memory.created" }?.total == 21)
    }
  }

  @Test(
    "alerts reach a webhook that is away at first, with its token, and delay nothing", arguments: TestEngine.available)
  func webhook(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let received = Recorder<String>()
      let port = try freePort()
      let webhook = AlertWebhook(url: "http://127.0.0.1:\(port)/alerts", token: "secret")
      try await bench.environment.context().transaction { tx in try AlertStore().enqueue(["alert_id": "a"], in: tx) }
      try await webhook.sendDue(bench.environment.context())
      #expect(received.elements.isEmpty)
      var router = Router()
      router.post(
        "/alerts", Operation(id: "take", summary: "Take", requestBody: .object(additional: .allowed))
      ) { request in
        received.append("\(request.headers["authorization"] ?? "") \(try request.json().text)")
        return .empty()
      }
      let server = HTTPServer(configuration: HTTPServerConfiguration(port: port), router: router)
      try server.start()
      try await webhook.sendDue(bench.environment.context())
      #expect(received.elements.isEmpty, "it is not due yet")
      bench.clock.advance(by: .seconds(6))
      try await webhook.sendDue(bench.environment.context())
      #expect(received.elements == [#"Bearer secret {"alert_id":"a"}"#])
      try await webhook.sendDue(bench.environment.context())
      #expect(received.elements.count == 1)
      await server.shutdown()
    }
  }
}
