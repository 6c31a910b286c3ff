import Events
import Storage
import Synchronization
import Telemetry

/// One service's place at the event backbone: its database, its transport, its clock and its telemetry.
///
/// Made by the host, one for each service. Any task may use it.
public final class ServiceEnvironment: Sendable {
  /// The service's name, such as `memory`: also the name of its consumer group.
  public let name: String
  public let database: any Database
  public let transport: any EventTransport
  public let clock: any EventClock
  public let logger: Logger
  public let metrics: MetricsRegistry
  /// Wakes the relay when events have been committed.
  let outboxSignal: Signal
  let publisher: EventPublisher
  let hostEvents: HostEventQueue
  let held = HeldPartitions()
  let breakers = Mutex<[String: CircuitBreaker]>([:])

  /// - Parameter publishes: Every type that the service publishes; no other is accepted from it.
  public init(
    name: String, publishes: [any EventPayload.Type], database: any Database, transport: any EventTransport,
    clock: any EventClock = SystemClock(), logger: Logger, metrics: MetricsRegistry = .shared
  ) {
    self.name = name
    self.database = database
    self.transport = transport
    self.clock = clock
    self.logger = logger
    self.metrics = metrics
    outboxSignal = Signal()
    publisher = EventPublisher(
      sourceService: "\(name)_service", rules: PublishingRules(service: name, publishes: publishes),
      relaySignal: outboxSignal)
    hostEvents = HostEventQueue(
      database: database, publisher: publisher, clock: clock, logger: logger,
      dropped: metrics.counter(
        "roost_host_events_dropped_total", labels: ["service": name],
        help: "Events about the service itself that found no room while its database could not be written"))
  }

  /// What the service's events name as their source: `memory_service`.
  public var sourceService: String { publisher.sourceService }

  /// Brings the tables of messaging itself up to date: outbox, inbox, leases, failed deliveries.
  public func migrate() async throws {
    for component in MessagingSchema.components {
      try await database.migrate(component.migrations, component: component.name)
    }
  }

  /// A context for a command: an HTTP request, a background task. It starts a flow when the metadata name none.
  public func context(_ metadata: EventMetadata = EventMetadata()) -> ServiceContext {
    ServiceContext(environment: self, metadata: metadata)
  }

  /// A context for one attempt of a handler at an event. What it publishes belongs to the event's flow and names the
  /// event as its cause. An event without a correlation id starts a flow under its own id, the same one for all.
  ///
  /// - Parameter events: At least one. A context for several belongs to none of them.
  func context(handling events: [Event], by handler: String) -> ServiceContext {
    let call = HandlerCall(handler: handler, eventIDs: events.map(\.id))
    guard events.count == 1, let event = events.first else {
      return ServiceContext(environment: self, metadata: EventMetadata(), call: call)
    }
    return ServiceContext(environment: self, metadata: EventMetadata(causedBy: event), event: event, call: call)
  }

  /// Publishes an event of the host's own domains in a transaction of the host's.
  @discardableResult
  func publishHostEvent(
    _ payload: some EventPayload, metadata: EventMetadata = EventMetadata(), at now: Timestamp,
    in transaction: Transaction
  ) throws -> Event {
    try publisher.publishHostEvent(payload, metadata: metadata, at: now, in: transaction)
  }
}
