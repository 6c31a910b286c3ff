import Telemetry

/// What stands between the sockets and the handlers: admits requests, runs handlers, turns errors into answers,
/// counts.
final class RequestEngine: Sendable {
  /// Whether a request's body is worth reading.
  enum Admission {
    case admitted(ResolvedRoute)
    case refused(HTTPResponse)
  }

  let configuration: HTTPServerConfiguration
  let router: Router
  let logger: Logger
  let exchanges = ExchangeSet()
  let deadlines: RequestDeadlines
  let tooLarge: Problem
  private let handlers: [HTTPHandler]
  private let allowedHosts: Set<String>?
  private let metrics: RequestMetrics

  init(configuration: HTTPServerConfiguration, router: Router, logger: Logger, metrics: MetricsRegistry) {
    self.configuration = configuration
    self.router = router
    self.logger = logger
    self.metrics = RequestMetrics(routes: router.routes, registry: metrics)
    self.handlers = router.makeHandlers()
    self.allowedHosts = configuration.hostsToCheck
    self.tooLarge = Problem(
      .contentTooLarge, detail: "The body is larger than \(configuration.bodyLimit) bytes.",
      members: ["limit": .integer(Int64(configuration.bodyLimit))])
    self.deadlines = RequestDeadlines(
      limit: configuration.requestDeadline,
      response: Problem(
        .serviceUnavailable, type: "deadline-exceeded", detail: "The request took too long and was given up."
      ).response)
    let exchanges = exchanges
    metrics.gauge("http_server_active_requests", help: "Requests that are being read or answered") {
      Double(exchanges.count)
    }
  }

  /// Looks at a request before its body is read.
  func admit(_ head: RequestHead) -> Admission {
    if exchanges.isClosed { return refuse(Problem(.serviceUnavailable, detail: "The server stops.")) }
    if let allowedHosts, !allowedHosts.contains(Self.name(ofHost: head.headers["host"] ?? "")) {
      return refuse(Problem(.misdirectedRequest, detail: "This server does not answer for that host name."))
    }
    guard head.size <= configuration.headerLimit else {
      return refuse(Problem(431, detail: "The header fields are larger than \(configuration.headerLimit) bytes."))
    }
    if let length = head.contentLength, length > configuration.bodyLimit { return refuse(tooLarge) }
    switch router.resolve(head.method, head.path) {
    case .found(let route): return .admitted(route)
    case .badPath: return refuse(Problem(.badRequest, detail: "The path is not valid."))
    case .notFound:
      return refuse(Problem(.notFound, detail: "There is nothing at \(head.path.prefix(200))."))
    case .wrongMethod(let allowed):
      let allow = allowed.map(\.name).joined(separator: ", ")
      if head.method == .options { return .refused(HTTPResponse(status: .noContent, headers: ["Allow": allow])) }
      return refuse(
        Problem(
          .methodNotAllowed, detail: "\(head.method) is not allowed at \(head.path.prefix(200)).",
          headers: ["Allow": allow]))
    }
  }

  /// Runs a request's handler. Never throws: what the handler throws becomes an answer.
  func handle(_ head: RequestHead, _ body: [UInt8], _ route: ResolvedRoute) async -> HTTPResponse {
    let response = await response(head, body, route)
    record(head, route: route, response.status)
    return response
  }

  private func response(_ head: RequestHead, _ body: [UInt8], _ route: ResolvedRoute) async -> HTTPResponse {
    do {
      let request = HTTPRequest(
        method: head.method, path: String(head.path), query: try QueryParameters(parsing: head.query),
        headers: head.headers, body: body, parameters: route.parameters, route: route.route.path)
      let parent = head.headers["traceparent"].flatMap { TraceContext(traceparent: $0) }
      let handler = handlers[route.index]
      return try await withSpan(
        "\(head.method) \(route.route.path)", parent: parent, kind: .server,
        attributes: ["http.request.method": head.method.name, "http.route": route.route.path]
      ) { span in
        let response = try await handler(request)
        span.set("http.response.status_code", to: String(response.status.code))
        return response
      }
    } catch let problem as Problem {
      return problem.response
    } catch is CancellationError {
      return Problem(.serviceUnavailable, detail: "The request was given up.").response
    } catch {
      let id = String(UInt64.random(in: .min ... .max), radix: 36)
      logger.error(
        "a handler failed",
        metadata: [
          "error_id": "\(id)", "method": "\(head.method)", "route": "\(route.route.path)", "error": "\(error)",
        ])
      return Problem(
        .internalServerError, detail: "Something went wrong inside the server. The log has more under the error id.",
        members: ["error_id": .string(id)]
      ).response
    }
  }

  /// Counts a request and writes its line of the access log.
  func record(_ head: RequestHead, route: ResolvedRoute?, _ status: HTTPStatus) {
    let duration = ContinuousClock.now - head.arrival
    metrics.record(route: route?.index, head.method, status, duration)
    logger.debug(
      "request",
      metadata: [
        "method": "\(head.method)", "path": "\(head.path)", "route": "\(route?.route.path ?? "")",
        "status": "\(status.code)", "duration": "\(duration)",
      ])
  }

  /// Lets requests end by themselves for `grace`, then ends them. No connection rests when it returns.
  func drain(grace: Duration) async {
    for exchange in exchanges.drain() { exchange.endStream() }
    await exchanges.waitUntilEmpty(limit: grace)
    let response = Problem(.serviceUnavailable, detail: "The server stops.").response
    for exchange in exchanges.close() {
      exchange.giveUp(response)
      exchange.endStream()
    }
    // The last answers have to reach the sockets; a client that does not read is not waited for.
    await exchanges.waitUntilEmpty(limit: .seconds(1))
    for exchange in exchanges.close() {
      exchange.giveUp(response)
      exchange.endStream()
    }
  }

  private func refuse(_ problem: Problem) -> Admission { .refused(problem.response) }

  /// A Host field's name, lower case, without the port.
  private static func name(ofHost host: String) -> String {
    let bytes = host.utf8
    if bytes.first == 0x5B, let end = bytes.firstIndex(of: 0x5D) { return host[...end].lowercased() }
    return host.prefix { $0 != ":" }.lowercased()
  }
}

extension HTTPServerConfiguration {
  /// The names that are answered for; nil when any is.
  fileprivate var hostsToCheck: Set<String>? {
    switch allowedHosts {
    case .any: nil
    case .named(let names): names
    case .automatic:
      listensOnLoopback ? ["localhost", "127.0.0.1", "[::1]", host.lowercased(), "[\(host.lowercased())]"] : nil
    }
  }
}

extension Router {
  /// Each route's handler with its checks and the middleware around them, in the routes' order.
  fileprivate func makeHandlers() -> [HTTPHandler] {
    routes.indices.map { index in
      let operation = routes[index].operation
      let handler = handler(at: index)
      let components = components
      var made: HTTPHandler = { request in
        var request = request
        request.checkedBody = try operation.check(request, components: components)
        return try await handler(request)
      }
      for layer in middleware.reversed() {
        let next = made
        made = { request in try await layer(request, next) }
      }
      return made
    }
  }
}
