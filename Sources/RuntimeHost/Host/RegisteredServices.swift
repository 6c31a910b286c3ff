/// What the services of a host say of themselves: known before anything is opened.
struct RegisteredServices {
  var services: [(slot: ServiceSlot, registration: ServiceRegistration)] = []
  /// The routes of all of them, behind those that it was made with.
  private(set) var router: Router
  /// Behind which of the router's routes those of each service end; those that it was made with come first.
  private(set) var ends: [(service: String?, end: Int)]

  /// - Throws: `ConfigurationError` for a setting that a service cannot use.
  init(
    _ plugins: [any ServicePlugin.Type], configuration: HostConfiguration, router: Router = Router()
  ) throws {
    self.router = router
    ends = [(nil, router.routes.count)]
    for plugin in plugins {
      let service = try plugin.init(configuration: configuration.settings(of: plugin.name))
      let slot = ServiceSlot(plugin: plugin)
      var registration = ServiceRegistration(
        routes: ServiceRoutes(router: self.router) { request throws(Problem) in try slot.context(request) })
      service.register(in: &registration)
      self.router = registration.routes.router
      services.append((slot, registration))
      ends.append((plugin.name, self.router.routes.count))
    }
  }
}
