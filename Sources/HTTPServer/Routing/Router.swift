import JSON

/// Finds a request's handler. A value: built once, then read from any thread.
///
/// Literal segments win over parameters. A `HEAD` goes to its `GET`; `OPTIONS` answers with `Allow` by itself.
public struct Router: Sendable {
  /// Stands around a route's check and handler: authentication, for example. May answer without calling `next`.
  public typealias Middleware = @Sendable (_ request: HTTPRequest, _ next: HTTPHandler) async throws -> HTTPResponse

  public private(set) var routes: [Route] = []
  /// Schemas that ``Schema/ref(_:)`` may name.
  public private(set) var components: [String: Schema] = [:]
  /// What is wrong with the routes, a sentence each; a server with any does not start.
  public private(set) var conflicts: [String] = []
  private(set) var middleware: [Middleware] = []
  private var trie = RouteTrie()
  private var handlers: [HTTPHandler] = []
  private var operationIDs: Set<String> = []

  public init() {}

  /// Adds a route.
  ///
  /// A second route of the same method and shape, a second use of an operation's id, and a path that is no template
  /// are kept in ``conflicts``.
  ///
  /// - Parameter path: For example `/v1/memories/{memory_id}`; a last `{rest...}` takes what is left of the path.
  public mutating func on(
    _ method: HTTPMethod, _ path: String, _ operation: Operation, handler: @escaping HTTPHandler
  ) {
    guard let template = PathTemplate(path) else { return conflicts.append("\(path) is not a path template.") }
    guard operationIDs.insert(operation.id).inserted else {
      return conflicts.append("The operation id \(operation.id) is used by two routes (\(method) \(path)).")
    }
    for parameter in operation.parameters
    where parameter.location == .path && !template.parameterNames.contains(parameter.name) {
      conflicts.append("The operation \(operation.id) declares {\(parameter.name)}, which is not in \(path).")
    }
    guard trie.insert(template, method, route: routes.count) else {
      return conflicts.append("\(method) \(path) is registered twice.")
    }
    routes.append(Route(method: method, template: template, operation: operation))
    handlers.append(handler)
  }

  public mutating func get(_ path: String, _ operation: Operation, handler: @escaping HTTPHandler) {
    on(.get, path, operation, handler: handler)
  }

  public mutating func post(_ path: String, _ operation: Operation, handler: @escaping HTTPHandler) {
    on(.post, path, operation, handler: handler)
  }

  public mutating func put(_ path: String, _ operation: Operation, handler: @escaping HTTPHandler) {
    on(.put, path, operation, handler: handler)
  }

  public mutating func patch(_ path: String, _ operation: Operation, handler: @escaping HTTPHandler) {
    on(.patch, path, operation, handler: handler)
  }

  public mutating func delete(_ path: String, _ operation: Operation, handler: @escaping HTTPHandler) {
    on(.delete, path, operation, handler: handler)
  }

  /// Names a schema. The same schema under the same name may be given again; another one is a conflict.
  public mutating func define(_ name: String, _ schema: Schema) {
    if let known = components[name], known != schema {
      conflicts.append("The schema \(name) is defined in two ways.")
    }
    components[name] = schema
  }

  /// Puts middleware around every route; the first added is the outermost.
  public mutating func use(_ middleware: @escaping Middleware) { self.middleware.append(middleware) }

  /// The OpenAPI document of these routes.
  public func openAPIDocument(title: String, version: String, description: String = "") -> JSONValue {
    OpenAPIDocument.make(
      title: title, version: version, routes: routes, components: components, description: description)
  }

  /// ``conflicts``, and references to schemas that nobody defined.
  func check() -> [String] {
    var found = conflicts
    var used = components.values.reduce(into: Set<String>()) { $0.formUnion($1.references) }
    for route in routes {
      used.formUnion(route.operation.requestBody?.references ?? [])
      for parameter in route.operation.parameters { used.formUnion(parameter.schema.references) }
      for response in route.operation.responses.values { used.formUnion(response.references) }
    }
    for name in used.sorted() where components[name] == nil && name != "Problem" {
      found.append("The schema \(name) is referred to and not defined.")
    }
    return found
  }

  /// A route's handler as it was registered.
  func handler(at index: Int) -> HTTPHandler { handlers[index] }

  /// Where a request goes.
  enum Resolution {
    case found(ResolvedRoute)
    case notFound
    case wrongMethod(allowed: [HTTPMethod])
    /// An escape in the path is broken.
    case badPath
  }

  /// Finds the route of a path as it came, without its query.
  func resolve(_ method: HTTPMethod, _ path: Substring) -> Resolution {
    guard path.utf8.first == 0x2F else { return .badPath }
    var segments: [String] = []
    if path.utf8.count > 1 {
      for part in path.utf8.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false) {
        guard let segment = PercentEncoding.decode(Substring(part).utf8, plusIsSpace: false) else { return .badPath }
        segments.append(segment)
      }
    }
    guard let match = trie.match(segments, method) else { return .notFound }
    guard let index = match.route else {
      return .wrongMethod(allowed: match.methods)
    }
    let route = routes[index]
    let parameters = Dictionary(zip(route.template.parameterNames, match.values)) { first, _ in first }
    return .found(ResolvedRoute(index: index, route: route, parameters: parameters))
  }

}

/// A route that a request goes to.
struct ResolvedRoute: Sendable {
  /// The route's place in ``Router/routes``.
  let index: Int
  let route: Route
  let parameters: [String: String]
}
