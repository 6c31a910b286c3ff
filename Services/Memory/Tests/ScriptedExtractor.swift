import Extraction
import MemoryService
import RuntimeHost

/// Finds every capitalised word of a text; what it finds follows from the text alone.
struct ScriptedExtractor: EntityExtractor {
  let version = "scripted-1"

  func extract(from text: String, at time: Int64?, knowing names: KnownNames) async throws -> Extraction {
    var extraction = Extraction()
    var offset = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let first = word.first, first.isUppercase {
        let name = String(word)
        extraction.entities.append(
          ExtractedEntity(
            name: name, text: name, type: "person", start: offset, end: offset + name.utf8.count, confidence: 0.5))
      }
      offset += word.utf8.count + 1
    }
    for (left, right) in zip(extraction.entities, extraction.entities.dropFirst()) {
      extraction.relationships.append(
        ExtractedRelationship(
          source: left.name, target: right.name, sourceType: left.type, targetType: right.type, type: "met",
          confidence: 0.5, start: left.start, end: right.end, text: text, validFrom: "2019-01-01T00:00:00Z",
          validTo: "no time"))
    }
    return extraction
  }
}

/// The memory service with an extractor that a test can foretell.
struct ScriptedMemoryService: ServicePlugin {
  static let name = MemoryService.name
  static let publishes = MemoryService.publishes

  private let service: MemoryService

  static let settings = MemoryService.settings

  init(configuration: ServiceConfiguration) throws {
    service = try MemoryService(extractor: ScriptedExtractor(), configuration: configuration)
  }

  func register(in service: inout ServiceRegistration) {
    self.service.register(in: &service)
  }
}
