import Foundation
import HTTPClient
import JSON
import KafkaTransport
import Messaging
import RuntimeHost

/// A host in the test's own process: services on a folder of their own, reached over HTTP as clients reach them.
///
///     try await TestHost.run([BillingService.self, MemoryService.self]) { host in
///       let memory = try await host.post("/v1/memories", ["content": "..."])
///       try await host.waitUntilIdle()
///       #expect(try await host.get("/v1/invoices")["items"]?.arrayValue?.count == 1)
///     }
public struct TestHost: Sendable {
  /// What carries the events.
  public enum Transport: String, Sendable, CaseIterable {
    /// In memory: the fastest.
    case inMemory
    /// The embedded log, as `roost run` has it.
    case eventLog
    /// A real cluster, with topics of the test's own: where `ROOST_KAFKA_BOOTSTRAP_SERVERS` names one.
    case kafka

    private static let kafkaServers = ProcessInfo.processInfo.environment["ROOST_KAFKA_BOOTSTRAP_SERVERS"]

    /// Those that this machine can test with.
    public static let available = allCases.filter { $0 != .kafka || kafkaServers != nil }

    /// Makes the transport; nil for the one that the host opens itself.
    func open() async throws -> (any EventTransport)? {
      switch self {
      case .inMemory: return InMemoryTransport()
      case .eventLog: return nil
      case .kafka:
        guard let servers = Self.kafkaServers else {
          throw TestHostFailure("ROOST_KAFKA_BOOTSTRAP_SERVERS does not say where Kafka is")
        }
        var configuration = KafkaConfiguration(bootstrapServers: servers)
        configuration.topicPrefix = "test-\(UUID().uuidString.prefix(8).lowercased())."
        configuration.partitions = 3
        // Whoever wants every topic sees a new one soon.
        configuration.settings = ["topic.metadata.refresh.interval.ms": "500"]
        return try await KafkaTransport.open(configuration: configuration)
      }
    }
  }

  public let host: RuntimeHost
  public var url: String { "http://127.0.0.1:\(host.port)" }

  /// Runs a test with a host, which is stopped afterwards and its folder removed.
  ///
  /// - Parameters:
  ///   - engine: What keeps the services' state.
  ///   - settings: The services' settings, such as `["memory.content_limit": "10"]`.
  ///   - clock: What the services take for time.
  @discardableResult
  public static func run<Value>(
    _ services: [any ServicePlugin.Type], engine: TestEngine = .sqlite, transport: Transport = .inMemory,
    settings: [String: String] = [:], clock: any EventClock = SystemClock(),
    isolation: isolated (any Actor)? = #isolation, _ body: (TestHost) async throws -> Value
  ) async throws -> Value {
    try await TestDatabases.run(on: engine) { databases in
      try await run(services, on: databases, transport: transport, settings: settings, clock: clock, body)
    }
  }

  /// The same on databases that outlive the host: for tests that stop it and start it again, or run several.
  @discardableResult
  public static func run<Value>(
    _ services: [any ServicePlugin.Type], on databases: TestDatabases, transport: Transport = .eventLog,
    settings: [String: String] = [:], clock: any EventClock = SystemClock(),
    isolation: isolated (any Actor)? = #isolation, _ body: (TestHost) async throws -> Value
  ) async throws -> Value {
    let opened = try await transport.open()
    do {
      let value = try await run(
        services, on: databases, over: opened, settings: settings, clock: clock, isolation: isolation, body)
      await opened?.close()
      return value
    } catch {
      await opened?.close()
      throw error
    }
  }

  /// The same over a transport of the test's own, which is not closed; the embedded log beside the databases when it is
  /// nil.
  @discardableResult
  public static func run<Value>(
    _ services: [any ServicePlugin.Type], on databases: TestDatabases, over transport: (any EventTransport)?,
    settings: [String: String] = [:], clock: any EventClock = SystemClock(),
    isolation: isolated (any Actor)? = #isolation, _ body: (TestHost) async throws -> Value
  ) async throws -> Value {
    var flags = ["--data-dir", databases.folder.path, "--listen", "127.0.0.1:0", "--drain-timeout", "5s"]
    for (key, value) in settings {
      flags += ["--" + key.replacing(".", with: "-").replacing("_", with: "-"), value]
    }
    let host = RuntimeHost(
      configuration: try HostConfiguration(flags: flags, services: services), services: services, transport: transport,
      databases: { service in try await databases.open(service) }, clock: clock, metrics: MetricsRegistry())
    try await host.start()
    do {
      let value = try await body(TestHost(host: host))
      await host.shutdown()
      return value
    } catch {
      await host.shutdown()
      throw error
    }
  }

  // MARK: Calls

  public func get(_ path: String) async throws -> JSONValue { try await document("GET", path, nil) }

  /// Asks again and again until the answer is as wanted: for what follows from events some time later.
  public func get(
    _ path: String, within limit: Duration = .seconds(180), until isWanted: (JSONValue) -> Bool
  ) async throws -> JSONValue {
    let start = ContinuousClock.now
    while true {
      let response = try await send("GET", path)
      let answer = response.isSuccess ? try response.json() : .null
      if isWanted(answer) { return answer }
      guard ContinuousClock.now - start < limit else {
        throw TestHostFailure("GET \(path) is not as wanted within \(limit): \(response.status) \(response.text)")
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @discardableResult
  public func post(_ path: String, _ body: JSONValue? = nil, headers: [String: String] = [:]) async throws -> JSONValue
  {
    try await document("POST", path, body, headers: headers)
  }

  @discardableResult
  public func patch(_ path: String, _ body: JSONValue) async throws -> JSONValue {
    try await document("PATCH", path, body)
  }

  /// Sends a request and takes whatever the server answers.
  public func send(
    _ method: String, _ path: String, _ body: JSONValue? = nil, headers: [String: String] = [:]
  ) async throws -> HTTPClientResponse {
    try await HTTPClient.shared.json(
      body, to: url + path, method: method, headers: headers.map { HTTPClientField($0.key, $0.value) },
      timeout: .seconds(60))
  }

  private func document(
    _ method: String, _ path: String, _ body: JSONValue?, headers: [String: String] = [:]
  ) async throws -> JSONValue {
    let response = try await send(method, path, body, headers: headers)
    guard response.isSuccess else {
      throw TestHostFailure("\(method) \(path): \(response.status) \(response.text)")
    }
    return response.body.isEmpty ? .null : try response.json()
  }

  // MARK: Events

  /// Reads the log from its beginning until so many events match.
  public func events(matching pattern: EventPattern = "*", count: Int) async throws -> [Event] {
    let request = HTTPClientRequest(
      method: "GET", url: "\(url)/v1/events?pattern=\(pattern.text)&from=beginning", timeout: .seconds(60))
    var events: [Event] = []
    if count == 0 { return events }
    for try await message in HTTPClient.shared.events(from: request) {
      events.append(try Event(parsing: Array(message.data.utf8)))
      if events.count == count { return events }
    }
    throw TestHostFailure("the stream ended after \(events.count) of \(count) events")
  }

  /// Publishes an event as the service that owns it would, for a test of those who handle it.
  ///
  /// - Returns: The event, as it lies in the log when this returns.
  @discardableResult
  public func publish(
    _ payload: some EventPayload, metadata: EventMetadata = EventMetadata()
  ) async throws -> Event {
    let event = Event(payload, sourceService: "test", metadata: metadata)
    try await publish(event, key: payload.aggregateID)
    return event
  }

  /// Publishes an event as it is, also one that keeps to no contract.
  ///
  /// - Parameter key: Events of one key keep their order.
  public func publish(_ event: Event, key: String?) async throws {
    let record = EventRecord(event, key: key ?? "")
    switch await host.transport?.append([record]).first {
    case .appended: return
    case .failed(let error): throw error
    case nil: throw TestHostFailure("the host has no log: it is not running")
    }
  }

  /// Returns when everything that was committed has been sent, delivered and handled, and what followed from it too.
  ///
  /// Failed deliveries that wait for a later attempt do not count. It asks again and again, since idleness is a state
  /// of many parts; twice in a row it must find nothing.
  public func waitUntilIdle(within limit: Duration = .seconds(180)) async throws {
    let start = ContinuousClock.now
    var quiet = 0
    while quiet < 2 {
      guard ContinuousClock.now - start < limit else {
        throw TestHostFailure("not idle within \(limit): \(try await get("/v1/status"))")
      }
      quiet = try await isIdle() ? quiet + 1 : 0
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private func isIdle() async throws -> Bool {
    guard host.isReady else { return false }
    for service in try await get("/v1/status")["services"]?.arrayValue ?? [] {
      guard service["lag"]?.intValue == 0, service["outbox_pending"]?.intValue == 0 else { return false }
    }
    return true
  }
}

/// A test's host did not answer as the test needs.
public struct TestHostFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
