/// One setting as it is in force.
public struct ConfigurationEntry: Sendable, Hashable {
  /// Where a value comes from.
  public enum Source: Sendable, Hashable, CustomStringConvertible {
    case flag
    case environment
    case file(String)
    /// A file that holds this one value.
    case secretFile(String)
    case standard

    public var description: String {
      switch self {
      case .flag: "flag"
      case .environment: "environment"
      case .file(let path), .secretFile(let path): "file \(path)"
      case .standard: "default"
      }
    }
  }

  /// Such as `data_dir` or `memory.content_limit`.
  public let key: String
  /// Nil when it is not set and has no default.
  public let value: String?
  public let source: Source
  public let isSecret: Bool
  public let help: String

  /// The value for people: a secret is not shown, and of a database's address all but its password is.
  public var shownValue: String {
    guard isSecret, let value else { return value ?? "" }
    return key == "database_url" ? DatabaseURL.shown(value) : "(hidden)"
  }

  /// `--data-dir`.
  public var flag: String { Self.flag(of: key) }
  /// `ROOST_DATA_DIR`.
  public var variable: String { Self.variable(of: key) }

  static func flag(of key: String) -> String {
    "--" + key.replacing(".", with: "-").replacing("_", with: "-")
  }

  static func variable(of key: String) -> String {
    "ROOST_" + key.replacing(".", with: "_").uppercased()
  }
}
