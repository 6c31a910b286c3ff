/// Finds the entities and relationships that a text states.
///
/// An extractor is pure: it knows nothing of events, databases or earlier texts, and the same text at the same time
/// with the same names gives the same answer from the same ``version``. Implementations may be called from any task, many at a time. The
/// protocol is asynchronous and throwing because an extractor may ask a model over the network; the offline ones
/// neither wait nor throw.
public protocol EntityExtractor: Sendable {
  /// Names the extractor and its revision, such as `network-3`. Results are stored with it, and compared by it.
  var version: String { get }

  /// Reads one text.
  ///
  /// - Parameters:
  ///   - text: Any text. Its size is the caller's to limit; the offline extractors take time linear in it.
  ///   - time: When the text was written, in microseconds since 1970-01-01T00:00:00Z. Relative expressions such as
  ///     "last summer" are resolved against it, and stay unresolved when it is nil.
  ///   - names: Names that the caller knows. Those that people listed are taken wherever they stand.
  func extract(from text: String, at time: Int64?, knowing names: KnownNames) async throws -> Extraction
}
