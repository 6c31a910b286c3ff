/// Why a transport did not do what was asked.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable {
    /// The record is larger than the transport takes. Permanent.
    case tooLarge
    /// The transport will never take this record: a topic name it cannot hold, an access rule. Permanent.
    case refused
    /// The log cannot be reached or written now (broker away, disk full, database busy). Nothing was appended.
    case unavailable
    /// The record may or may not have been appended: send it again under the same event id.
    case outcomeUnknown
    /// The transport or the subscription was closed.
    case closed
    /// The log is damaged or of a newer version. A person must look.
    case damaged
    /// A cursor that this transport did not make, or whose records are gone.
    case invalidCursor
  }

  public let kind: Kind
  /// One line that a person can act on, without secrets.
  public let message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether sending the same record again is bound to fail again.
  public var isPermanent: Bool { kind == .tooLarge || kind == .refused }

  public var description: String { "\(kind.rawValue): \(message)" }
}
