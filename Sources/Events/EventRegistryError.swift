/// Two Swift types claim the same version of the same event type.
public struct EventRegistryError: Error, Equatable, Sendable, CustomStringConvertible {
  public let type: EventType
  public let version: String
  /// The Swift type that came first, by its full name.
  public let registered: String
  /// The Swift type that was refused, by its full name.
  public let refused: String

  public var description: String {
    "\(type) version \(version) has the contract \(registered) already; \(refused) cannot be another"
  }
}
