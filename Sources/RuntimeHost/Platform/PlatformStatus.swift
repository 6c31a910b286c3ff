/// The status of the platform, put together from the statuses of its processes.
struct PlatformStatus: Sendable {
  let answers: [PlatformProcesses.Answer]

  var response: HTTPResponse {
    let documents = answers.map { answer in (answer.peer, document(of: answer)) }
    let known = documents.compactMap { $0.1 }
    let isReady = known.count == documents.count && known.allSatisfy { $0["status"] == "ready" }
    let versions = Set(known.compactMap { $0["version"]?.stringValue }).sorted()
    return .json(
      .object([
        "status": isReady ? "ready" : "not ready",
        // More than one while an upgrade is under way.
        "version": .string(versions.joined(separator: ", ")),
        "uptime_seconds": known.compactMap { $0["uptime_seconds"]?.doubleValue }.min().map { .number($0) } ?? .null,
        "data_dir": known.lazy.compactMap { $0["data_dir"] }.first ?? .null,
        "log": worst(known.compactMap { $0["log"] }),
        "database": worst(known.compactMap { $0["database"] }),
        "services": .array(documents.flatMap { peer, document in services(of: peer, document) }),
      ]))
  }

  private func document(of answer: PlatformProcesses.Answer) -> JSONValue? {
    guard case .success(let response) = answer.outcome, response.isSuccess else { return nil }
    return try? response.json()
  }

  /// Of what the processes say of one thing that they share, the worst.
  private func worst(_ parts: [JSONValue]) -> JSONValue {
    let order = ["unavailable", "degraded", "healthy"]
    let rank = { (part: JSONValue) in order.firstIndex(of: part["status"]?.stringValue ?? "") ?? 0 }
    return parts.min { rank($0) < rank($1) } ?? ["kind": .null, "status": "unavailable", "detail": ""]
  }

  private func services(of peer: Peer, _ document: JSONValue?) -> [JSONValue] {
    if let services = document?["services"]?.arrayValue, !services.isEmpty { return services }
    return [
      .object([
        "name": .string(peer.name), "ready": false, "lag": .null, "outbox_pending": .null, "outbox_rejected": .null,
        "failed_deliveries": .object([:]), "breakers": [],
      ])
    ]
  }
}
