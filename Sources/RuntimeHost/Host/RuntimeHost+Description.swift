extension RuntimeHost {
  /// The routes of one service of a host, or of the host itself.
  public struct RouteTable: Sendable {
    /// Nil for the routes that every host has.
    public let service: String?
    public let routes: [Route]
  }

  /// The OpenAPI document of everything that the host serves, as `/openapi.json` has it. Opens nothing.
  ///
  /// - Throws: `ConfigurationError` for a setting that a service cannot use.
  public func openAPIDocument() throws -> JSONValue { document(of: try register().router) }

  /// What the host serves, by the service that it belongs to. Opens nothing.
  ///
  /// - Throws: `ConfigurationError` for a setting that a service cannot use.
  public func routeTables() throws -> [RouteTable] {
    let registered = try register()
    let routes = registered.router.routes
    var tables: [RouteTable] = []
    var start = 0
    for (service, end) in registered.ends {
      tables.append(RouteTable(service: service, routes: Array(routes[start..<end])))
      start = end
    }
    return tables
  }
}
