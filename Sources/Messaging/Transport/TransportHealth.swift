/// Whether a transport works, and what a person should know of it.
public struct TransportHealth: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable {
    case healthy
    /// It works, but not as it should: near a limit, slow, one of several brokers away.
    case degraded
    /// Appends or deliveries fail at present.
    case unavailable
  }

  public var status: Status
  /// One line, without secrets.
  public var detail: String

  public init(status: Status, detail: String) {
    self.status = status
    self.detail = detail
  }
}
