/// A service, as a host runs it: alone in a process of its own or together with others, unchanged.
///
/// The host makes one value for each service, asks it to register, and runs what it registered.
public protocol ServicePlugin: Sendable {
  /// The service's name in `[a-z0-9_]+`, such as `memory`: its database, its consumer group and its settings go by it.
  static var name: String { get }
  /// Every event type that it publishes, all of domains that are its own.
  static var publishes: [any EventPayload.Type] { get }
  /// The settings that it takes; any other under its name stops the start.
  static var settings: [ServiceSetting] { get }

  /// - Throws: `ConfigurationError` for a setting that it cannot use.
  init(configuration: ServiceConfiguration) throws

  /// Says what the service handles, serves and does in the background. Called once, before anything runs.
  func register(in service: inout ServiceRegistration)
}

extension ServicePlugin {
  public static var settings: [ServiceSetting] { [] }
}
