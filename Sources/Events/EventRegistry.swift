/// The event contracts that a program knows, at most one for each type and version.
public struct EventRegistry: Sendable {
  private var byType: [EventType: [EventContract]] = [:]

  public init() {}

  /// Makes a contract known. The same Swift type may be registered again; another one for a type and version that are
  /// taken is refused, and the registry stays as it was.
  public mutating func register(_ payload: any EventPayload.Type) throws(EventRegistryError) {
    let contract = EventContract(payload)
    if let known = self.contract(for: contract.type, version: contract.version) {
      guard known.payload == payload else {
        throw EventRegistryError(
          type: contract.type, version: contract.version, registered: String(reflecting: known.payload),
          refused: String(reflecting: payload))
      }
      return
    }
    byType[contract.type, default: []].append(contract)
  }

  /// Every contract, ordered by type, the versions of one in the order of their registration.
  public var contracts: [EventContract] { byType.keys.sorted().flatMap { byType[$0] ?? [] } }

  /// The contracts of one type, in the order of their registration.
  public func contracts(for type: EventType) -> [EventContract] { byType[type] ?? [] }

  public func contract(for type: EventType, version: String) -> EventContract? {
    byType[type]?.first { $0.version == version }
  }
}
