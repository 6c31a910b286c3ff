import EventLog
import Synchronization

/// Runs services in one process: opens what they need, serves their routes, delivers their events, and stops in order.
///
/// It starts once and stops once. Any task may call anything here.
public final class RuntimeHost: Sendable {
  private struct State: Sendable {
    var transport: (any EventTransport)?
    var services: [RunningService] = []
    var server: HTTPServer?
    var consuming: [Task<Void, Never>] = []
    var background: [Task<Void, Never>] = []
    /// What the start waits for.
    var waitingFor: String?
    var isOpen = false
    var isStopping = false
  }

  /// Opens the database of the service of that name, which the host closes.
  public typealias DatabaseOpening = @Sendable (_ service: String) async throws -> any Database

  /// The version that answers tell.
  public static let version = "0.1.0"

  public let configuration: HostConfiguration
  private let plugins: [any ServicePlugin.Type]
  let log: HostLog
  let storage: HostStorage
  private let clock: any EventClock
  private let metrics: MetricsRegistry
  private let logger: Logger
  private let state = Mutex(State())
  private let startedAt: Duration

  /// - Parameters:
  ///   - services: In the order in which they start.
  ///   - transport: What carries the events; the embedded log in the data folder when it is nil. It is not closed.
  ///   - databases: What keeps the services' state, in place of what the settings name.
  public init(
    configuration: HostConfiguration, services: [any ServicePlugin.Type], transport: (any EventTransport)? = nil,
    databases: DatabaseOpening? = nil, clock: any EventClock = SystemClock(), metrics: MetricsRegistry = .shared
  ) {
    self.configuration = configuration
    plugins = services.filter { configuration.only?.contains($0.name) ?? true }
    log = Self.log(configuration, given: transport)
    storage = databases.map { .given($0) } ?? Self.storage(configuration)
    self.clock = clock
    self.metrics = metrics
    logger = Logger(label: "host")
    startedAt = clock.uptime()
  }

  /// The port that it listens on.
  public var port: Int { state.withLock { $0.server?.port } ?? configuration.port }

  /// Whether every service takes events, and the host is not stopping.
  public var isReady: Bool {
    state.withLock { state in
      state.isOpen && !state.isStopping && state.services.allSatisfy(\.consumer.isReady)
    }
  }

  /// The services that run; none before all is open.
  var services: [RunningService] { state.withLock { $0.isOpen ? $0.services : [] } }
  /// What carries the events, once it is open.
  package var transport: (any EventTransport)? { state.withLock { $0.transport } }
  var uptime: Duration { clock.uptime() - startedAt }
  var metricsText: String { metrics.prometheusText() }

  private static func log(_ configuration: HostConfiguration, given: (any EventTransport)?) -> HostLog {
    if let given { return .given(given) }
    if let kafka = configuration.kafka { return .kafka(kafka) }
    var settings = EventLogConfiguration()
    settings.synchronous = configuration.synchronous
    settings.maximumAge = configuration.logRetention
    settings.maximumBytes = configuration.logMaximumBytes
    return .embedded(path: DataFolder(path: configuration.dataFolder).log, settings)
  }

  private static func storage(_ configuration: HostConfiguration) -> HostStorage {
    if let url = configuration.database { return .postgresql(url, connections: configuration.databaseConnections) }
    return .files(DataFolder(path: configuration.dataFolder), configuration.synchronous)
  }

  /// The folder that something of this host lies in; nil when all is elsewhere.
  var dataFolder: DataFolder? {
    switch (log, storage) {
    case (.kafka, .postgresql), (.kafka, .given), (.given, .postgresql), (.given, .given): nil
    default: DataFolder(path: configuration.dataFolder)
    }
  }

  /// Why it does not take requests and events yet; nil when it does.
  var reasonToWait: String? {
    state.withLock { state in
      if state.isStopping { return "stopping" }
      if let reason = state.waitingFor { return reason }
      guard state.isOpen else { return "starting" }
      let absent = state.services.filter { !$0.consumer.isReady }.map(\.name)
      return absent.isEmpty ? nil : "waiting to join the consumer group of \(absent.joined(separator: ", "))"
    }
  }

  /// Starts everything. It serves from early on, and says at `/health/ready` what it waits for; it delivers when this
  /// returns; see ``isReady``. A broker or a database that is not there yet is waited for.
  ///
  /// - Throws: `HostError`, `ConfigurationError` for a service's setting, or `CancellationError` when the task is
  ///   cancelled while it waits. What was opened is closed again.
  public func start() async throws {
    try dataFolder?.prepare()
    do {
      let registered = try register()
      try serve(registered.router)
      let opening = Opening(clock: clock, logger: logger) { [self] reason in
        state.withLock { $0.waitingFor = reason }
      }
      let transport = try await opening.whenThere(log.place) { () throws(OpeningFailure) in try await log.open() }
      state.withLock { $0.transport = transport }
      for (slot, registration) in registered.services {
        let service = try await open(slot, registration, transport, opening)
        state.withLock { $0.services.append(service) }
      }
      runServices()
    } catch {
      await shutdown()
      throw error
    }
  }

  private static let summary = "The event backbone of an agent platform: memories in, a knowledge graph out."

  func document(of router: Router) -> JSONValue {
    router.openAPIDocument(title: "Roost", version: Self.version, description: Self.summary)
  }

  func register() throws -> RegisteredServices {
    let document = OpenAPIAnswer()
    var router = Router()
    HostRoutes(host: self, document: document).add(to: &router)
    let registered = try RegisteredServices(plugins, configuration: configuration, router: router)
    document.set(self.document(of: registered.router))
    return registered
  }

  private func serve(_ router: Router) throws(HostError) {
    var router = router
    RequestGate(
      token: configuration.token, logger: Logger(label: "http"),
      reasonToRefuse: { [self] in
        state.withLock { $0.isOpen ? nil : $0.waitingFor ?? "the server starts" }
      }
    ).add(to: &router)
    PlatformView(peers: configuration.peers, token: configuration.token).add(to: &router)
    let server = HTTPServer(
      configuration: HTTPServerConfiguration(
        host: configuration.host, port: configuration.port, bodyLimit: configuration.bodyLimit),
      router: router, logger: Logger(label: "http"), metrics: metrics)
    do throws(HTTPServerError) { try server.start() } catch {
      throw HostError(.unavailable, error.description)
    }
    state.withLock { $0.server = server }
  }

  private func open(
    _ slot: ServiceSlot, _ registration: ServiceRegistration, _ transport: any EventTransport, _ opening: Opening
  ) async throws -> RunningService {
    let plugin = slot.plugin
    func environment(_ database: any Database) -> ServiceEnvironment {
      ServiceEnvironment(
        name: plugin.name, publishes: plugin.publishes, database: database, transport: transport, clock: clock,
        logger: Logger(label: plugin.name), metrics: metrics)
    }
    let database = try await opening.whenThere(storage.place(of: plugin.name)) { () throws(OpeningFailure) in
      try await storage.open(plugin.name) { database in
        try await environment(database).migrate()
        try await database.migrate(registration.migrations, component: plugin.name)
      }
    }
    let made = environment(database)
    let consumer: EventConsumer
    do throws(ConsumerError) {
      consumer = try EventConsumer(environment: made, handlers: registration.handlers)
    } catch {
      await database.close()
      throw HostError(.software, error.description)
    }
    slot.fill(made)
    return RunningService(
      name: plugin.name, environment: made, consumer: consumer, relay: OutboxRelay(environment: made),
      probe: DatabaseProbe(database: database, clock: clock), backgroundTasks: registration.backgroundTasks)
  }

  private func runServices() {
    state.withLock { state in
      state.isOpen = true
      for service in state.services {
        state.consuming.append(Task { await service.consumer.run() })
        state.consuming.append(Task { await service.relay.run() })
        for task in service.backgroundTasks { state.background.append(Task { await service.run(task) }) }
      }
    }
  }

  /// Stops in order: no new request, no new event, what runs is finished and sent, everything is closed. Takes no
  /// longer than the drain time-out and what closing takes. A second call returns at once.
  public func shutdown() async {
    let running: State? = state.withLock { state in
      guard !state.isStopping else { return nil }
      state.isStopping = true
      return state
    }
    guard let running else { return }
    let grace = configuration.drainTimeout
    await running.server?.shutdown(grace: grace)
    for task in running.background { task.cancel() }
    if !running.consuming.isEmpty {
      await drain(running.services) { await $0.consumer.drain(grace: grace) }
      await drain(running.services) { await $0.relay.drain(grace: grace) }
    }
    for task in running.background + running.consuming { await task.value }
    for service in running.services { await service.environment.database.close() }
    if case .given = log { return }
    await running.transport?.close()
  }

  private func drain(_ services: [RunningService], _ body: @escaping @Sendable (RunningService) async -> Void) async {
    await withDiscardingTaskGroup { group in
      for service in services { group.addTask { await body(service) } }
    }
  }

  /// Starts, serves until SIGTERM or SIGINT, and stops. A signal ends a start that still waits, too.
  public func run() async throws {
    let signals = ShutdownSignal()
    let starting = Task { try await start() }
    let stopping = Task {
      await signals.wait()
      starting.cancel()
    }
    do {
      try await starting.value
    } catch {
      guard starting.isCancelled else { throw error }
      return logger.info("stopped before it was ready")
    }
    var facts: Logger.Metadata = [
      "services": "\(plugins.map { $0.name }.joined(separator: ","))", "log": "\(log.place)",
      "state": "\(storage.place)",
    ]
    if let dataFolder { facts["data_dir"] = "\(dataFolder.path)" }
    logger.info("serving at http://\(configuration.host):\(port)", metadata: facts)
    await stopping.value
    logger.info("stopping")
    await shutdown()
    logger.info("stopped")
  }
}
