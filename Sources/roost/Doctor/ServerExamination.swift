import JSON

/// Judges a running server by two of its statuses, some time apart: what stands still is told from what moves.
struct ServerExamination: Sendable {
  /// So many records behind is worth a word even while it shrinks.
  static let longLag = 10_000

  let first: JSONValue
  let second: JSONValue

  var findings: [Finding] {
    var findings: [Finding] = []
    if second["status"] != "ready" {
      findings.append(.failure("server", "is not ready", "see its log; GET /health/ready says what it waits for"))
    }
    if let log = second["log"], let status = log["status"]?.stringValue, status != "healthy" {
      let message = [status, log["detail"]?.stringValue ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
      findings.append(
        status == "unavailable"
          ? .failure("event log", message, "see the disk space above and the server's log")
          : .warning("event log", message, "see the server's log"))
    }
    if let database = second["database"], database["status"]?.stringValue == "unavailable" {
      findings.append(
        .failure(
          "database", database["detail"]?.stringValue ?? "cannot be reached", "see that it runs and what its log says"))
    }
    let before = Dictionary((first["services"]?.arrayValue ?? []).map { (name(of: $0), $0) }) { first, _ in first }
    let services = second["services"]?.arrayValue ?? []
    for service in services { findings += examine(service, before: before[name(of: service)] ?? .null) }
    if findings.isEmpty {
      findings.append(.ok("services", "\(Figures.count(services.count)) ready, nothing stuck, nothing failed"))
    }
    return findings
  }

  private func name(of service: JSONValue) -> String { service["name"]?.stringValue ?? "?" }

  private func examine(_ service: JSONValue, before: JSONValue) -> [Finding] {
    let name = name(of: service)
    var findings: [Finding] = []
    if service["ready"]?.boolValue == false {
      findings.append(.failure(name, "does not take events", "see the server's log"))
    }
    findings += lag(name, service["lag"]?.intValue, before: before["lag"]?.intValue)
    findings += outbox(name, service["outbox_pending"]?.intValue, before: before["outbox_pending"]?.intValue)
    if let rejected = service["outbox_rejected"]?.intValue, rejected > 0 {
      findings.append(
        .failure(
          name, "\(Figures.count(rejected, "event", "events")) refused by the log for good",
          "they lie in the table outbox_rejected of \(name).db with the reason"))
    }
    if let dead = service["failed_deliveries"]?["dead"]?.intValue, dead > 0 {
      findings.append(
        .failure(
          name, "\(Figures.count(dead, "delivery", "deliveries")) failed for good",
          "roost failed list --service=\(name) --status=dead"))
    }
    if let waiting = service["failed_deliveries"]?["waiting"]?.intValue, waiting > 0 {
      findings.append(
        .warning(
          name, "\(Figures.count(waiting, "delivery waits", "deliveries wait")) to be tried again",
          "roost failed list --service=\(name) says why"))
    }
    for breaker in service["breakers"]?.arrayValue ?? [] where breaker["state"] != "CLOSED" {
      let state = breaker["state"]?.stringValue ?? "?"
      findings.append(
        .warning(
          name, "the circuit breaker \(breaker["name"]?.stringValue ?? "?") is \(state)",
          "what it protects fails; it closes by itself once that works again"))
    }
    return findings
  }

  private func lag(_ name: String, _ lag: Int?, before: Int?) -> [Finding] {
    guard let lag else { return [.warning(name, "does not tell how far it is behind")] }
    guard lag > 0, let before, before > 0 else { return [] }
    if lag >= before {
      return [
        .warning(
          name, "\(Figures.count(lag, "event", "events")) behind and not getting on",
          "see its handlers' durations at /metrics and roost failed list --service=\(name)")
      ]
    }
    return lag > Self.longLag
      ? [.warning(name, "\(Figures.count(lag)) events behind, and getting on: it was \(Figures.count(before))")] : []
  }

  private func outbox(_ name: String, _ pending: Int?, before: Int?) -> [Finding] {
    guard let pending else { return [.warning(name, "does not tell what waits to be published")] }
    guard pending > 0, let before, before > 0, pending >= before else { return [] }
    return [
      .failure(
        name, "\(Figures.count(pending, "event waits", "events wait")) in the outbox and none leaves",
        "the event log does not take them: look at its state above, the disk and the server's log")
    ]
  }
}
