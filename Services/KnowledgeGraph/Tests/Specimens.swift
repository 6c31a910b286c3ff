import Events
import MemoryEvents

/// Short ways to write what an extractor finds.
func mention(_ name: String, _ type: String = "person", confidence: Double = 0.9) -> MemoryEntityExtracted.Entity {
  MemoryEntityExtracted.Entity(name: name, type: type, confidence: confidence)
}

func says(
  _ source: String, _ type: String, _ target: String, confidence: Double = 0.5, span: Range<Int>? = nil,
  text: String? = nil, from: Timestamp? = nil, to: Timestamp? = nil
) -> MemoryEntityExtracted.Relationship {
  MemoryEntityExtracted.Relationship(
    source: source, target: target, type: type, confidence: confidence, start: span?.lowerBound,
    end: span?.upperBound, text: text, validFrom: from, validTo: to)
}
