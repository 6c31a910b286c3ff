import AgentEvents
import CapabilityEvents
import EvolutionEvents
import RuntimeHost

/// Capabilities: what agents may have executed. Built-ins run here, endpoints are called over HTTP, each behind a
/// circuit breaker of its own.
public struct CapabilityService: ServicePlugin {
  public static let name = "capability"
  public static let publishes = CapabilityContract.events
  public static let settings = CapabilitySettings.declared

  private let settings: CapabilitySettings

  public init(configuration: ServiceConfiguration) throws {
    settings = try CapabilitySettings(configuration)
  }

  public func register(in service: inout ServiceRegistration) {
    service.migrations(CapabilitySchema.all)
    let executor = CapabilityExecutor(settings: settings)
    // A call may take as long as the limit lets it; the handler has time left to write down how it ended.
    let options = HandlerOptions(deadline: settings.timeoutLimit + .seconds(30), concurrency: 32)
    service.on(AgentCapabilityExecutionStarted.self, name: "execute", options: options) { event, context in
      try await executor.handle(event.payload, context)
    }
    let implementation = ImplementationHandler(settings: settings)
    service.on(EvolutionImplementationStarted.self, name: "implement") { event, context in
      try await implementation.handle(event.payload, context)
    }
    service.background("seed") { context in try await BuiltinSeed().run(context) }
    let routes = CapabilityRoutes(settings: settings)
    service.routes { routes.add(to: &$0) }
  }
}
