import Events
import Storage
import Telemetry

/// What one piece of a service's work has at hand: an event being handled, a request, a background task.
///
/// A value; any task may use it. Everything published through it belongs to the same flow.
public struct ServiceContext: Sendable {
  let environment: ServiceEnvironment
  /// What events published through it inherit. The correlation id is always set.
  public private(set) var metadata: EventMetadata
  /// The event being handled; `nil` in a command, and where several are handled together.
  public let event: Event?
  let call: HandlerCall?

  init(environment: ServiceEnvironment, metadata: EventMetadata, event: Event? = nil, call: HandlerCall? = nil) {
    self.environment = environment
    self.metadata = metadata
    self.metadata.correlationID =
      metadata.correlationID ?? EventID.make(prefix: "corr_", at: environment.clock.now())
    self.event = event
    self.call = call
  }

  /// The service's name.
  public var service: String { environment.name }

  /// The flow that the work is part of.
  public var correlationID: String { metadata.correlationID ?? "" }

  public var clock: any EventClock { environment.clock }

  /// What the service is measured by.
  public var metrics: MetricsRegistry { environment.metrics }

  /// The service's logger, with the flow, the handler and the event named in every line.
  public var logger: Logger {
    var logger = environment.logger
    logger[metadataKey: "correlation_id"] = .string(correlationID)
    if let call {
      logger[metadataKey: "handler"] = .string(call.handler)
      if call.eventIDs.count == 1 { logger[metadataKey: "event_id"] = .string(call.eventIDs[0]) }
    }
    return logger
  }

  /// The same context acting for this user and agent; `nil` leaves one as it is.
  public func acting(userID: String? = nil, agentID: String? = nil) -> ServiceContext {
    var context = self
    context.metadata.userID = userID ?? metadata.userID
    context.metadata.agentID = agentID ?? metadata.agentID
    return context
  }
}
