/// Why a failed delivery was left as it is.
public struct FailedDeliveryError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    case notFound
    /// It has been put right already.
    case notOpen
    /// The edited payload cannot be one.
    case invalidPayload
    case invalidCursor
  }

  public let kind: Kind
  public let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  public var description: String { message }
}
