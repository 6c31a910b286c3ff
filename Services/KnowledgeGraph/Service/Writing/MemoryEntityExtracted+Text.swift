import MemoryEvents
import RuntimeHost

extension MemoryEntityExtracted {
  /// Refuses names with U+0000, which PostgreSQL cannot hold: the same event means the same on every database.
  ///
  /// - Throws: `PermanentFailure` that says where the character stands.
  func checkText() throws(PermanentFailure) {
    try Self.check(memoryID, "memory_id")
    try Self.check(extractor, "extractor")
    for (index, entity) in entities.enumerated() {
      try Self.check(entity.name, "entities/\(index)/name")
      try Self.check(entity.type, "entities/\(index)/type")
    }
    for (index, relationship) in relationships.enumerated() {
      try Self.check(relationship.source, "relationships/\(index)/source")
      try Self.check(relationship.target, "relationships/\(index)/target")
      try Self.check(relationship.type, "relationships/\(index)/type")
      try Self.check(relationship.sourceType ?? "", "relationships/\(index)/source_type")
      try Self.check(relationship.targetType ?? "", "relationships/\(index)/target_type")
    }
  }

  private static func check(_ text: String, _ place: String) throws(PermanentFailure) {
    guard text.utf8.contains(0) else { return }
    throw PermanentFailure("/payload/\(place) holds the character U+0000, which the graph cannot keep")
  }
}
