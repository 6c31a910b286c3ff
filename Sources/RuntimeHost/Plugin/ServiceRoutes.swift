/// A service's routes: those of `Router`, with the request's context handed to each handler.
public struct ServiceRoutes {
  /// Answers a request of the service.
  public typealias Handler = @Sendable (HTTPRequest, ServiceContext) async throws -> HTTPResponse

  private(set) var router: Router
  private let context: @Sendable (HTTPRequest) throws(Problem) -> ServiceContext

  init(router: Router, context: @escaping @Sendable (HTTPRequest) throws(Problem) -> ServiceContext) {
    self.router = router
    self.context = context
  }

  public mutating func get(_ path: String, _ operation: Operation, handler: @escaping Handler) {
    on(.get, path, operation, handler: handler)
  }

  public mutating func post(_ path: String, _ operation: Operation, handler: @escaping Handler) {
    on(.post, path, operation, handler: handler)
  }

  public mutating func put(_ path: String, _ operation: Operation, handler: @escaping Handler) {
    on(.put, path, operation, handler: handler)
  }

  public mutating func patch(_ path: String, _ operation: Operation, handler: @escaping Handler) {
    on(.patch, path, operation, handler: handler)
  }

  public mutating func delete(_ path: String, _ operation: Operation, handler: @escaping Handler) {
    on(.delete, path, operation, handler: handler)
  }

  /// Names a schema for `Schema.ref`.
  public mutating func define(_ name: String, _ schema: Schema) {
    router.define(name, schema)
  }

  private mutating func on(
    _ method: HTTPMethod, _ path: String, _ operation: Operation, handler: @escaping Handler
  ) {
    router.on(method, path, operation) { [context] request in try await handler(request, try context(request)) }
  }
}
