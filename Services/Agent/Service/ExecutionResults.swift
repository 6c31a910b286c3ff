import AgentEvents
import CapabilityEvents
import RuntimeHost

/// Takes in how executions ended, and tells of it in the agent's name.
///
/// Executions that are not known here, or have ended before, are left alone.
struct ExecutionResults: Sendable {
  private let executions = ExecutionStore()

  func complete(_ event: CapabilityExecutionCompleted, in tx: ServiceTransaction) throws {
    guard var execution = try executions.find(event.executionID, in: tx.database) else { return }
    execution.status = .completed
    execution.result = event.result
    execution.durationMs = event.durationMs
    execution.endedAt = tx.now
    guard try executions.end(execution, in: tx) else { return }
    try tx.publish(
      AgentCapabilityExecutionCompleted(
        agentID: execution.agentID, capabilityID: execution.capabilityID, executionID: execution.id,
        resultSummary: Self.summary(of: event.result), durationMs: event.durationMs))
  }

  func fail(_ event: CapabilityExecutionFailed, in tx: ServiceTransaction) throws {
    guard var execution = try executions.find(event.executionID, in: tx.database) else { return }
    execution.status = .failed
    execution.error = event.error
    execution.errorKind = event.errorKind
    execution.durationMs = event.durationMs
    execution.endedAt = tx.now
    guard try executions.end(execution, in: tx) else { return }
    try tx.publish(
      AgentCapabilityExecutionFailed(
        agentID: execution.agentID, capabilityID: execution.capabilityID, executionID: execution.id,
        error: event.error, errorKind: event.errorKind, durationMs: event.durationMs))
  }

  /// A result in one line of 200 characters at most: a text as it is, any other value as JSON.
  static func summary(of result: JSONValue?) -> String {
    let text = result.map { $0.stringValue ?? $0.text } ?? ""
    let line = text.prefix(201).map { $0.isNewline ? " " : $0 }
    return line.count > 200 ? String(line.prefix(199)) + "…" : String(line)
  }
}
