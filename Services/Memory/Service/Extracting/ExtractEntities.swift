import Extraction
import MemoryEvents
import RuntimeHost

/// Reads a memory's text when it is new, and publishes what it states.
///
/// The extractor runs with no transaction open. One outcome is published for each version of the text, in the order of
/// the versions; what is searched by is the outcome of the text as it stands.
struct ExtractEntities: Sendable {
  let extractor: any EntityExtractor

  /// - Parameters:
  ///   - version: The version of the memory that brought the text.
  ///   - time: When the text was written: what "last summer" is resolved against.
  func run(memoryID: String, version: Int, content: String, at time: Timestamp, _ context: ServiceContext) async throws
  {
    let found = try await extractor.extract(from: content, at: time.microsecondsSinceEpoch)
    let outcome = found.event(memoryID: memoryID, version: version, extractor: extractor.version, at: time)
    try await context.transaction { tx in
      // A memory that was deleted meanwhile has no text any more, and nothing to say.
      guard let memory = try MemoryStore(in: tx.database).memory(memoryID) else { return }
      if memory.contentVersion == version {
        try EntityIndex(in: tx.database).save(outcome, row: memory.rowID, at: tx.now)
      }
      try tx.publish(outcome)
    }
  }
}
