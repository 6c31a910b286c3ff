import Events

/// What somebody did with a failed delivery, on record.
public struct FailedDeliveryAct: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    case retry
    case edit
    case discard
  }

  public let kind: Kind
  /// Who did it, as the API was told.
  public let actor: String
  public let reason: String?
  public let at: Timestamp
}
