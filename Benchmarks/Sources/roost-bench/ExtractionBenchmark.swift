import Extraction

/// Reading entities and relationships out of texts on one core.
struct ExtractionBenchmark: Benchmark {
  let name = "extraction"
  let summary = "read names, values and relationships out of texts, offline"

  /// A memory of twenty words.
  private static let memory =
    "Maria Berg, who lives in Oslo, joined Acme Corp in May 2019 and reports to John Smith, the head of sales there."

  func run() async throws -> [Row] {
    let extractor = OfflineExtractor()
    let clock = ContinuousClock()
    // The first reading of a process opens the models.
    let first = clock.measure { keep(extractor.read(Self.memory, at: nil)) }
    let memories = perSecond { count in
      for _ in 0..<count { keep(extractor.read(Self.memory, at: nil)) }
    }
    let page = Array(repeating: Self.memory, count: 50).joined(separator: " ")
    let sentences = (try? AnnotatedSentence.sentences(of: Self.annotated(page))) ?? []
    let words = sentences.reduce(0) { $0 + $1.words.count }
    let pages = perSecond { count in
      for _ in 0..<count {
        var evaluation = EntityEvaluation(extractor)
        evaluation.add(sentences)
        keep(evaluation)
      }
    }
    let texts = perSecond { count in
      for _ in 0..<count { keep(extractor.read(page, at: nil)) }
    }
    return [
      Row("first reading, models opened", ours: first / .milliseconds(1), unit: " ms"),
      Row("a memory of 20 words, whole extractor", ours: 1e6 / memories, unit: " us"),
      Row("names alone, tokens", ours: pages * Double(words)),
      Row("whole extractor, tokens of a long text", ours: texts * Double(words)),
      Row("resident for the extractor, models included", ours: try ExtractorFootprint.megabytes(), unit: " MB"),
    ]
  }

  private static func annotated(_ text: String) -> String {
    text.split(separator: " ").map { $0.hasSuffix(".") ? "\($0)\tO\n" : "\($0)\tO" }.joined(separator: "\n")
  }
}
