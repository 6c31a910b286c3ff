import CapabilityEvents
import EvolutionEvents
import RuntimeHost

/// Finds capabilities that keep failing, proposes other limits, and puts in force what a person approves.
public struct EvolutionService: ServicePlugin {
  public static let name = "evolution"
  public static let publishes = EvolutionContract.events
  public static let settings = [
    ServiceSetting("pattern_window", default: "20", help: "How many of a capability's newest calls are looked at"),
    ServiceSetting("pattern_failures", default: "5", help: "Fewer failures among them are no pattern"),
  ]

  private let engine: EvolutionEngine

  public init(configuration: ServiceConfiguration) throws {
    var rule = FailurePattern.Rule()
    rule.window = try configuration.int("pattern_window") ?? rule.window
    rule.minimumFailures = try configuration.int("pattern_failures") ?? rule.minimumFailures
    engine = EvolutionEngine(rule: rule)
  }

  public func register(in service: inout ServiceRegistration) {
    service.migrations(EvolutionSchema.all)
    let engine = engine
    service.on(CapabilityRegistered.self, name: "learn-limits") { event, context in
      try await context.transaction { tx in try engine.learn(event.payload, in: tx) }
    }
    service.on(CapabilityUpdated.self, name: "follow-limits") { event, context in
      try await context.transaction { tx in try engine.learn(event.payload, in: tx) }
    }
    service.on(CapabilityExecutionCompleted.self, name: "record-success") { event, context in
      let call = RecordedCall(
        executionID: event.payload.executionID, at: event.timestamp,
        duration: .milliseconds(event.payload.durationMs), errorKind: nil)
      try await context.transaction { tx in try engine.record(call, of: event.payload.capabilityID, in: tx) }
    }
    service.on(CapabilityExecutionFailed.self, name: "record-failure") { event, context in
      let call = RecordedCall(
        executionID: event.payload.executionID, at: event.timestamp,
        duration: .milliseconds(event.payload.durationMs), errorKind: event.payload.errorKind)
      try await context.transaction { tx in try engine.record(call, of: event.payload.capabilityID, in: tx) }
    }
    let routes = ProposalRoutes(engine: engine)
    service.routes { routes.add(to: &$0) }
  }
}
