/// Answers for the whole platform what each process knows of its own services alone: their status, their failed
/// deliveries, their readiness.
///
/// With several processes each has a part of the answer. A request that asks for the whole, by the header that the
/// gateway sets, is put to all of them, and what they say is made into the one answer that a single process would give.
/// Any process can do it, so the gateway may ask whichever is up.
struct PlatformView: Sendable {
  static let header = "Roost-Scope"
  static let wholePlatform = "platform"

  private let processes: PlatformProcesses

  init(peers: [Peer], token: String?, http: HTTPClient = .shared) {
    processes = PlatformProcesses(peers: peers, token: token, http: http)
  }

  func add(to router: inout Router) {
    guard !processes.peers.isEmpty else { return }
    router.use { request, next in
      guard request.headers[Self.header] == Self.wholePlatform, let answer = try await answer(request) else {
        return try await next(request)
      }
      return answer
    }
  }

  /// - Returns: Nil for a route that any process answers for all.
  private func answer(_ request: HTTPRequest) async throws(Problem) -> HTTPResponse? {
    switch request.route {
    case "/health/ready": return await readiness(request)
    case "/v1/status": return await PlatformStatus(answers: processes.ask(request)).response
    case "/v1/failed-deliveries":
      return try await PlatformFailedDeliveries(answers: processes.ask(request)).page(request)
    case "/v1/failed-deliveries/retry", "/v1/failed-deliveries/discard":
      return try await PlatformFailedDeliveries(answers: processes.ask(request)).count()
    case let route where route.hasPrefix("/v1/failed-deliveries/{"):
      return try await PlatformFailedDeliveries(answers: processes.ask(request)).one(request)
    default: return nil
    }
  }

  private func readiness(_ request: HTTPRequest) async -> HTTPResponse {
    let reasons = await processes.ask(request).compactMap { answer -> String? in
      switch answer.outcome {
      case .failure(let reason): "\(answer.peer.name): \(reason)"
      case .success(let response) where response.isSuccess: nil
      case .success(let response):
        "\(answer.peer.name): \((try? response.json())?["detail"]?.stringValue ?? "answers \(response.status)")"
      }
    }
    guard !reasons.isEmpty else { return .json(["status": "ready"]) }
    return .json(
      ["status": "not ready", "detail": .string(reasons.joined(separator: "; "))], status: .serviceUnavailable)
  }
}
