/// What a service says of itself to its host.
public struct ServiceRegistration {
  /// Work that runs as long as the service does.
  struct BackgroundTask: Sendable {
    let name: String
    let body: @Sendable (ServiceContext) async throws -> Void
  }

  private(set) var migrations: [Migration] = []
  private(set) var handlers: [EventHandler] = []
  private(set) var backgroundTasks: [BackgroundTask] = []
  private(set) var routes: ServiceRoutes

  init(routes: ServiceRoutes) {
    self.routes = routes
  }

  /// The steps of the service's own schema; they run before anything else of it.
  public mutating func migrations(_ migrations: [Migration]) {
    self.migrations += migrations
  }

  /// Handles one event type; see `EventHandler`.
  public mutating func on<Payload: EventPayload>(
    _ payload: Payload.Type, name: String, options: HandlerOptions = HandlerOptions(),
    _ body: @escaping @Sendable (TypedEvent<Payload>, ServiceContext) async throws -> Void
  ) {
    handlers.append(EventHandler(payload, name: name, options: options, body))
  }

  /// Handles every event whose type matches; see `EventHandler`.
  public mutating func on(
    _ pattern: EventPattern, name: String, options: HandlerOptions = HandlerOptions(),
    _ body: @escaping @Sendable (Event, ServiceContext) async throws -> Void
  ) {
    handlers.append(EventHandler(pattern, name: name, options: options, body))
  }

  /// Handles events of several types in one order for each key; see `EventHandler`.
  public mutating func on(
    _ patterns: [EventPattern], name: String, options: HandlerOptions = HandlerOptions(),
    _ body: @escaping @Sendable (Event, ServiceContext) async throws -> Void
  ) {
    handlers.append(EventHandler(patterns, name: name, options: options, body))
  }

  /// Handles one event type, many events at once; see `EventHandler`.
  public mutating func on<Payload: EventPayload>(
    _ payload: Payload.Type, name: String, options: HandlerOptions = HandlerOptions(), batch: Int,
    _ body: @escaping @Sendable ([TypedEvent<Payload>], ServiceContext) async throws -> Void
  ) {
    handlers.append(EventHandler(payload, name: name, options: options, batch: batch, body))
  }

  /// Handles every event whose type matches one of the patterns, many at once; see `EventHandler`.
  public mutating func on(
    _ patterns: [EventPattern], name: String, options: HandlerOptions = HandlerOptions(), batch: Int,
    _ body: @escaping @Sendable ([Event], ServiceContext) async throws -> Void
  ) {
    handlers.append(EventHandler(patterns, name: name, options: options, batch: batch, body))
  }

  /// Serves HTTP.
  public mutating func routes(_ build: (inout ServiceRoutes) -> Void) {
    build(&routes)
  }

  /// Runs while the service runs and is cancelled when it stops. What it throws is logged, and it is started again
  /// after a growing wait.
  public mutating func background(
    _ name: String, _ body: @escaping @Sendable (ServiceContext) async throws -> Void
  ) {
    backgroundTasks.append(BackgroundTask(name: name, body: body))
  }
}
