import CapabilityEvents
import EvolutionEvents
import RuntimeHost

/// Puts a change that evolution asks for in force.
struct ImplementationHandler: Sendable {
  let settings: CapabilitySettings
  private let capabilities = CapabilityStore()

  init(settings: CapabilitySettings) {
    self.settings = settings
  }

  /// Changes the capability's limits, once for each implementation, and tells of it even when they were so already:
  /// evolution waits for the answer.
  func handle(_ request: EvolutionImplementationStarted, _ context: ServiceContext) async throws {
    guard let capabilityID = request.capabilityID, let changes = request.changes?.objectValue else { return }
    let changed = try await context.transaction { tx -> Capability? in
      guard var capability = try capabilities.find(capabilityID, in: tx.database) else {
        throw PermanentFailure("there is no capability \(capabilityID) to change")
      }
      let isNew = try tx.execute(
        """
        INSERT INTO implementations (implementation_id, capability_id, applied_at) VALUES (?, ?, ?)
        ON CONFLICT (implementation_id) DO NOTHING
        """, request.implementationID, capabilityID, tx.now.microsecondsSinceEpoch)
      guard isNew == 1 else { return nil }
      let fields = capability.limits.apply(changes, timeoutLimit: settings.timeoutLimit)
      if !fields.isEmpty { try capabilities.update(&capability, in: tx) }
      try tx.publish(
        CapabilityUpdated(capability, updatedFields: fields, implementationID: request.implementationID))
      return capability
    }
    if let changed { context.reconfigureBreaker(changed.breakerName, changed.limits.breaker) }
  }
}
