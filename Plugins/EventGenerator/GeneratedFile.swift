/// A file as the generator makes it.
public struct GeneratedFile: Equatable, Sendable {
  /// Relative to the package's directory.
  public var path: String
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
