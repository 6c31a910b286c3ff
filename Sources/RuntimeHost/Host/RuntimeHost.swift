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
    var isStopping = false
  }

  /// The version that answers tell.
  public static let version = "0.1.0"

  public let configuration: HostConfiguration
  private let plugins: [any ServicePlugin.Type]
  private let givenTransport: (any EventTransport)?
  private let clock: any EventClock
  private let metrics: MetricsRegistry
  private let logger: Logger
  private let state = Mutex(State())
  private let startedAt: Duration

  /// - Parameters:
  ///   - services: In the order in which they start.
  ///   - transport: What carries the events; the embedded log in the data folder when it is nil. It is not closed.
  public init(
    configuration: HostConfiguration, services: [any ServicePlugin.Type], transport: (any EventTransport)? = nil,
    clock: any EventClock = SystemClock(), metrics: MetricsRegistry = .shared
  ) {
    self.configuration = configuration
    plugins = services.filter { configuration.only?.contains($0.name) ?? true }
    givenTransport = transport
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
      state.server != nil && !state.isStopping && state.services.allSatisfy(\.consumer.isReady)
    }
  }

  var services: [RunningService] { state.withLock { $0.services } }
  /// What carries the events, once it is open.
  package var transport: (any EventTransport)? { state.withLock { $0.transport } }
  var uptime: Duration { clock.uptime() - startedAt }
  var metricsText: String { metrics.prometheusText() }

  /// Starts everything. It serves and delivers when this returns; see ``isReady``.
  ///
  /// - Throws: `HostError`, or `ConfigurationError` for a service's setting. What was opened is closed again.
  public func start() async throws {
    let folder = DataFolder(path: configuration.dataFolder)
    try folder.prepare()
    do {
      let transport = try await openTransport(folder)
      state.withLock { $0.transport = transport }
      var router = Router()
      let document = OpenAPIAnswer()
      HostRoutes(host: self, document: document).add(to: &router)
      for plugin in plugins {
        let (service, extended) = try await open(plugin, folder, transport, router)
        router = extended
        state.withLock { $0.services.append(service) }
      }
      document.set(router.openAPIDocument(title: "Roost", version: Self.version, description: Self.summary))
      RequestGate(token: configuration.token, logger: Logger(label: "http")).add(to: &router)
      let server = HTTPServer(
        configuration: HTTPServerConfiguration(
          host: configuration.host, port: configuration.port, bodyLimit: configuration.bodyLimit),
        router: router, logger: Logger(label: "http"), metrics: metrics)
      do throws(HTTPServerError) { try server.start() } catch {
        throw HostError(.unavailable, error.description)
      }
      state.withLock { $0.server = server }
      runServices()
    } catch {
      await shutdown()
      throw error
    }
  }

  private static let summary = "The event backbone of an agent platform: memories in, a knowledge graph out."

  private func openTransport(_ folder: DataFolder) async throws -> any EventTransport {
    if let givenTransport { return givenTransport }
    var settings = EventLogConfiguration()
    settings.synchronous = configuration.synchronous
    settings.maximumAge = configuration.logRetention
    settings.maximumBytes = configuration.logMaximumBytes
    do throws(TransportError) {
      return try await EventLogTransport.open(path: folder.log, configuration: settings)
    } catch {
      throw HostError(.inputOutput, error.message)
    }
  }

  private func open(
    _ plugin: any ServicePlugin.Type, _ folder: DataFolder, _ transport: any EventTransport, _ router: Router
  ) async throws -> (RunningService, Router) {
    let service = try plugin.init(configuration: configuration.settings(of: plugin.name))
    let path = folder.database(of: plugin.name)
    var settings = SQLiteConfiguration()
    settings.synchronous = configuration.synchronous
    let environment: ServiceEnvironment
    var registration: ServiceRegistration
    do {
      let database = try await SQLiteDatabase.open(path: path, configuration: settings)
      let made = ServiceEnvironment(
        name: plugin.name, publishes: plugin.publishes, database: database, transport: transport, clock: clock,
        logger: Logger(label: plugin.name), metrics: metrics)
      environment = made
      registration = ServiceRegistration(
        routes: ServiceRoutes(router: router) { request in made.context(CorrelationID.metadata(of: request)) })
      service.register(in: &registration)
      try await environment.migrate()
      try await database.migrate(registration.migrations, component: plugin.name)
    } catch let error as DatabaseError {
      throw HostError(.inputOutput, "\(path): \(error.message)")
    }
    let consumer: EventConsumer
    do throws(ConsumerError) {
      consumer = try EventConsumer(environment: environment, handlers: registration.handlers)
    } catch {
      throw HostError(.software, error.description)
    }
    let running = RunningService(
      name: plugin.name, environment: environment, consumer: consumer, relay: OutboxRelay(environment: environment),
      backgroundTasks: registration.backgroundTasks)
    return (running, registration.routes.router)
  }

  private func runServices() {
    state.withLock { state in
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
    if givenTransport == nil { await running.transport?.close() }
  }

  private func drain(_ services: [RunningService], _ body: @escaping @Sendable (RunningService) async -> Void) async {
    await withDiscardingTaskGroup { group in
      for service in services { group.addTask { await body(service) } }
    }
  }

  /// Starts, serves until SIGTERM or SIGINT, and stops.
  public func run() async throws {
    let signals = ShutdownSignal()
    try await start()
    logger.info(
      "ready at http://\(configuration.host):\(port)",
      metadata: [
        "services": "\(plugins.map { $0.name }.joined(separator: ","))", "data_dir": "\(configuration.dataFolder)",
      ])
    await signals.wait()
    logger.info("stopping")
    await shutdown()
    logger.info("stopped")
  }
}
