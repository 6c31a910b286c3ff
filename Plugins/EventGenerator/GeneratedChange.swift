/// How a file in the package differs from what its schemas make.
public struct GeneratedChange: Equatable, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    /// The schema has no file yet.
    case missing
    /// The file says something else.
    case different
    /// The file's schema is gone.
    case stale
  }

  /// Relative to the package's directory.
  public var path: String
  public var kind: Kind

  public init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }

  public var description: String { "\(kind.rawValue): \(path)" }
}
