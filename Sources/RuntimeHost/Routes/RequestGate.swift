/// Stands before every route: the token, the correlation id, and what an error of the platform means to a client.
struct RequestGate: Sendable {
  let token: String?
  let logger: Logger
  /// Why no request is taken yet; nil when they are.
  let reasonToRefuse: @Sendable () -> String?

  func add(to router: inout Router) {
    router.use { request, next in
      var request = request
      let given = request.headers[CorrelationID.header].flatMap { CorrelationID.isTaken($0) ? $0 : nil }
      let correlationID = given ?? EventID.make(prefix: "corr_")
      request.headers = HTTPHeaders(
        request.headers.fields.filter { $0.name.lowercased() != CorrelationID.header.lowercased() }
          + [.init(name: CorrelationID.header, value: correlationID)])
      var response = await answer(request, next)
      if response.headers[CorrelationID.header] == nil { response.headers.append(CorrelationID.header, correlationID) }
      return response
    }
  }

  private func answer(_ request: HTTPRequest, _ next: HTTPHandler) async -> HTTPResponse {
    guard isAdmitted(request) else {
      return Problem(
        .unauthorized, detail: "This server wants its token: Authorization: Bearer ...",
        headers: ["WWW-Authenticate": "Bearer"]
      ).response
    }
    if !Self.isAnsweredEarly(request.route), let reason = reasonToRefuse() { return Self.starting(reason).response }
    do {
      return try await next(request)
    } catch let problem as Problem {
      return problem.response
    } catch {
      if let problem = Self.problem(for: error) {
        logger.warning(
          "a request could not be served",
          metadata: ["path": "\(request.path)", "error": "\(error)", "status": "\(problem.status.code)"])
        return problem.response
      }
      logger.error("a request failed", metadata: ["path": "\(request.path)", "error": "\(error)"])
      return Problem(.internalServerError, detail: "The server's log says more.").response
    }
  }

  private func isAdmitted(_ request: HTTPRequest) -> Bool {
    guard let token, !request.path.hasPrefix("/health/") else { return true }
    guard let sent = request.headers["authorization"], sent.lowercased().hasPrefix("bearer ") else { return false }
    return Self.isEqual(Array(sent.dropFirst(7).utf8), Array(token.utf8))
  }

  /// What is answered although nothing is open yet.
  private static func isAnsweredEarly(_ route: String) -> Bool {
    route.hasPrefix("/health/") || route == "/metrics" || route == "/openapi.json"
  }

  /// What a request gets while the host starts.
  static func starting(_ reason: String) -> Problem {
    Problem(
      .serviceUnavailable, type: "starting", title: "The server does not take requests yet", detail: reason,
      headers: ["Retry-After": "1"])
  }

  /// Compares in a time that does not depend on where the two differ.
  static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    var difference = left.count ^ right.count
    for index in right.indices { difference |= Int((index < left.count ? left[index] : 0) ^ right[index]) }
    return difference == 0
  }

  /// What an error means to a client; nil when it is the server's own fault.
  static func problem(for error: any Error) -> Problem? {
    switch error {
    case let error as DatabaseError:
      switch error.kind {
      case .diskFull:
        Problem(
          HTTPStatus(507), type: "disk-full", title: "The disk is full",
          detail: "The server's disk is full: nothing was written. Try again when there is room.",
          headers: ["Retry-After": "30"])
      case .busy, .connectionLost, .serializationFailure, .closed, .readOnly:
        Problem(
          .serviceUnavailable, type: "database-busy", title: "The database cannot take this now",
          detail: "The database cannot take this now: nothing was written. Try again.", headers: ["Retry-After": "1"])
      case .commitInDoubt:
        Problem(
          .serviceUnavailable, type: "outcome-unknown", title: "The database went away while it committed",
          detail: "It is not known whether this was written; send it again with the same Idempotency-Key.",
          headers: ["Retry-After": "1"])
      default: nil
      }
    case let error as PublishingError where error.kind == .tooLarge:
      Problem(.contentTooLarge, detail: error.description)
    case let error as TransportError where !error.isPermanent:
      Problem(
        .serviceUnavailable, type: "log-unavailable", title: "The event log cannot be reached",
        detail: "The event log cannot be reached. Try again later.", headers: ["Retry-After": "5"])
    case let error as CircuitOpenError:
      Problem(.serviceUnavailable, detail: error.description, headers: ["Retry-After": "5"])
    case is CancellationError:
      Problem(.serviceUnavailable, detail: "The request took too long or the server is stopping.")
    default: nil
    }
  }
}
