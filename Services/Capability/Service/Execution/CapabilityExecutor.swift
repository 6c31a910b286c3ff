import AgentEvents
import CapabilityEvents
import RuntimeHost

/// Executes capabilities: outside of any transaction, behind the capability's breaker, and once for each execution
/// unless the process dies in the middle. How it ended is written down and published together.
struct CapabilityExecutor: Sendable {
  /// The most bytes of a result as JSON, so that it fits into an event with room to spare.
  static let resultLimit = 786_432

  let settings: CapabilitySettings
  private let capabilities = CapabilityStore()
  private let calls = CallStore()

  init(settings: CapabilitySettings) {
    self.settings = settings
  }

  func handle(_ request: AgentCapabilityExecutionStarted, _ context: ServiceContext) async throws {
    let (isDone, capability) = try await context.read { tx in
      (try calls.contains(request.executionID, in: tx), try capabilities.find(request.capabilityID, in: tx))
    }
    // The endpoint is not called again for an event that comes twice.
    if isDone { return }
    let start = context.clock.uptime()
    let outcome: Result<JSONValue, ExecutionFailure>
    if let capability {
      outcome = try await execute(capability, request, context)
    } else {
      outcome = .failure(.init(.unknownCapability, "there is no capability \(request.capabilityID)"))
    }
    let wasCalled = if case .failure(let failure) = outcome { failure.wasCalled } else { true }
    let duration = wasCalled ? Int((context.clock.uptime() - start) / .milliseconds(1)) : 0
    try await context.transaction { tx in
      let kind = if case .failure(let failure) = outcome { failure.kind.rawValue } else { String?.none }
      try calls.add(
        executionID: request.executionID, capabilityID: request.capabilityID, durationMs: duration, errorKind: kind,
        in: tx)
      switch outcome {
      case .success(let result):
        try tx.publish(
          CapabilityExecutionCompleted(
            capabilityID: request.capabilityID, executionID: request.executionID, agentID: request.agentID,
            result: result, durationMs: duration))
      case .failure(let failure):
        try tx.publish(
          CapabilityExecutionFailed(
            capabilityID: request.capabilityID, executionID: request.executionID, agentID: request.agentID,
            error: failure.message, errorKind: failure.kind.rawValue, durationMs: duration))
      }
    }
  }

  private func execute(
    _ capability: Capability, _ request: AgentCapabilityExecutionStarted, _ context: ServiceContext
  ) async throws -> Result<JSONValue, ExecutionFailure> {
    let limits = capability.limits
    let breaker = context.breaker(capability.breakerName, configuration: limits.breaker)
    // Another process may have changed the limits.
    if breaker.configuration != limits.breaker { context.reconfigureBreaker(capability.breakerName, limits.breaker) }
    let input = request.input ?? .null
    do {
      return .success(
        try await breaker.execute(countsAsFailure: { ($0 as? ExecutionFailure)?.countsForBreaker ?? true }) {
          let result =
            switch capability.target {
            case .builtin(let name): try Builtin.run(name, input, at: context.clock.now())
            case .http(let endpoint):
              try await endpoint.call(
                input, executionID: request.executionID, context: context, timeout: limits.timeout,
                answerLimit: settings.answerLimit)
            }
          guard result.serialized().count <= Self.resultLimit else {
            throw ExecutionFailure(.resultTooLarge, "the result has more than \(Self.resultLimit) bytes")
          }
          return result
        })
    } catch let failure as ExecutionFailure {
      return .failure(failure)
    } catch let open as CircuitOpenError {
      let wait = Int((open.retryAfter / .milliseconds(1)).rounded(.up))
      return .failure(.init(.circuitOpen, "the capability is held back after failures, for \(wait) ms more"))
    }
  }
}
