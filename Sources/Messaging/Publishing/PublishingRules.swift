import Events

/// What one service may publish: the types that it declares, none of which may be of the host's domains.
struct PublishingRules: Sendable {
  /// The domains whose events the host alone publishes.
  static let hostDomains: Set<String> = ["circuit_breaker", "delivery"]

  private let service: String
  private let declared: Set<EventType>
  private let domains: Set<String>

  init(service: String, publishes: [any EventPayload.Type]) {
    self.service = service
    self.declared = Set(publishes.map { $0.eventType })
    self.domains = Set(publishes.map { $0.eventType.domain })
  }

  /// Whether the service itself may publish the type.
  func check(_ type: EventType) throws(PublishingError) {
    // The host's domains stay refused when a service declares them all the same.
    if declared.contains(type), !Self.hostDomains.contains(type.domain) { return }
    if Self.hostDomains.contains(type.domain) {
      throw PublishingError(.hostDomain, eventType: type, "\(type) is published by the host alone, not by \(service)")
    }
    if domains.contains(type.domain) {
      throw PublishingError(
        .notDeclared, eventType: type, "\(service) does not declare \(type) among the events that it publishes")
    }
    throw PublishingError(.foreignDomain, eventType: type, "\(service) does not own the domain of \(type)")
  }

  /// Whether the host may publish the type for the service.
  func checkHost(_ type: EventType) throws(PublishingError) {
    guard Self.hostDomains.contains(type.domain) else {
      throw PublishingError(.foreignDomain, eventType: type, "the host does not own the domain of \(type)")
    }
  }
}
