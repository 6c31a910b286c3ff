/// Names that the caller knows besides what the model knows. An immutable value; safe anywhere.
public struct KnownNames: Sendable {
  /// Entries that people added. Where one stands in a text it is taken with its type, whatever the model says.
  public var listed: NameList
  /// Names that are in the knowledge graph. They are looked for only where a text writes them without a capital and the
  /// model found nothing that it is sure of, and only what the model then holds likely is taken.
  public var seen: NameList

  public static let none = KnownNames()

  public init(listed: NameList = .empty, seen: NameList = .empty) {
    self.listed = listed
    self.seen = seen
  }
}
