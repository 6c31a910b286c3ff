/// Whether a host takes requests and events, all that it stands on included.
struct HostReadiness: Sendable {
  /// A database that takes longer to answer a question without rows does not answer.
  static let patience: Duration = .seconds(2)

  let host: RuntimeHost

  /// - Returns: One line for people; nil when it is ready.
  func reasonToWait() async -> String? {
    if host.services.isEmpty, let reason = host.reasonToWait { return reason }
    if let failure = await databaseFailure() { return failure }
    let health = await host.transport?.health()
    if let health, health.status == .unavailable { return health.detail }
    return host.reasonToWait
  }

  /// Why the state of some service cannot be reached; nil when all of it can.
  func databaseFailure() async -> String? {
    await withTaskGroup(of: (service: String, failure: String)?.self) { group in
      for service in host.services {
        group.addTask { await service.probe.failure(within: Self.patience).map { (service.name, $0) } }
      }
      var failures: [(service: String, failure: String)] = []
      for await failure in group { if let failure { failures.append(failure) } }
      return failures.min { $0.service < $1.service }.map { "\(host.storage.place(of: $0.service)): \($0.failure)" }
    }
  }
}
