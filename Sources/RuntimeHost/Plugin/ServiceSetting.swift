/// A setting that a service takes: `memory.content_limit` is the flag `--memory-content-limit` and the variable
/// `ROOST_MEMORY_CONTENT_LIMIT`.
public struct ServiceSetting: Sendable, Hashable {
  /// Without the service's name, in `[a-z0-9_]+`.
  public let name: String
  /// What holds when it is not set; nil when nothing does.
  public let defaultValue: String?
  /// Whether its value is never shown.
  public let isSecret: Bool
  /// What it does, in a few words.
  public let help: String

  public init(_ name: String, default defaultValue: String? = nil, isSecret: Bool = false, help: String) {
    self.name = name
    self.defaultValue = defaultValue
    self.isSecret = isSecret
    self.help = help
  }
}
