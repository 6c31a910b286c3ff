import CapabilityEvents
import RuntimeHost

/// Registers each built-in as a capability when it is not there yet. May run at every start and in several processes.
struct BuiltinSeed: Sendable {
  private let store = CapabilityStore()

  func run(_ context: ServiceContext) async throws {
    for builtin in Builtin.all {
      try await context.transaction { tx in
        // A person may have given the name to a capability of their own.
        let isThere =
          try store.find(builtin.capabilityID, in: tx.database) != nil
          || store.find(name: builtin.name, in: tx.database) != nil
        if isThere { return }
        let capability = Capability(
          id: builtin.capabilityID, name: builtin.name, description: builtin.description,
          target: .builtin(builtin.name), limits: CapabilityLimits(), version: 1, createdAt: tx.now, updatedAt: tx.now)
        try store.insert(capability, in: tx)
        try tx.publish(CapabilityRegistered(capability))
      }
    }
  }
}
