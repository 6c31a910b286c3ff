import Synchronization

/// A service that has said what it handles and serves, before what it stands on is open.
///
/// Its routes are known from the start and find their environment here once it is there.
final class ServiceSlot: Sendable {
  let plugin: any ServicePlugin.Type
  private let opened = Mutex<ServiceEnvironment?>(nil)

  init(plugin: any ServicePlugin.Type) {
    self.plugin = plugin
  }

  func fill(_ environment: ServiceEnvironment) { opened.withLock { $0 = environment } }

  /// A context for a request.
  ///
  /// - Throws: A 503 while the service starts.
  func context(_ request: HTTPRequest) throws(Problem) -> ServiceContext {
    guard let environment = opened.withLock({ $0 }) else { throw RequestGate.starting("the service starts") }
    return environment.context(CorrelationID.metadata(of: request))
  }
}
