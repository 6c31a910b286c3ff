import AgentEvents
import CapabilityEvents
import RuntimeHost

/// Agents, and what they have executed: it asks for an execution, and the capability service's answer ends it.
public struct AgentService: ServicePlugin {
  public static let name = "agent"
  public static let publishes = AgentContract.events
  public static let settings = [
    ServiceSetting("execution_retention", default: "720h", help: "How long executions that have ended are kept")
  ]

  private let retention: Duration

  public init(configuration: ServiceConfiguration) throws {
    retention = try configuration.duration("execution_retention") ?? .seconds(720 * 3_600)
  }

  public func register(in service: inout ServiceRegistration) {
    service.migrations(AgentSchema.all)
    let results = ExecutionResults()
    service.on(CapabilityExecutionCompleted.self, name: "complete-execution") { event, context in
      try await context.transaction { tx in try results.complete(event.payload, in: tx) }
    }
    service.on(CapabilityExecutionFailed.self, name: "fail-execution") { event, context in
      try await context.transaction { tx in try results.fail(event.payload, in: tx) }
    }
    service.background("forget-executions") { [retention] context in
      while true {
        let removed = try await context.transaction { tx in
          try ExecutionStore().removeEnded(before: tx.now - retention, limit: 500, in: tx)
        }
        if removed < 500 { try await context.clock.sleep(for: .seconds(600)) }
      }
    }
    service.routes { routes in
      AgentRoutes().add(to: &routes)
      ExecutionRoutes().add(to: &routes)
    }
  }
}
