import Extraction
import Foundation

/// Reading entities and relationships out of texts on one core.
struct ExtractionBenchmark: Benchmark {
  let name = "extraction"
  let summary = "read names, values and relationships out of texts, offline"

  /// A memory of twenty words.
  private static let memory =
    "Maria Berg, who lives in Oslo, joined Acme Corp in May 2019 and reports to John Smith, the head of sales there."

  /// The names in it.
  private static let names = [
    NameList.Entry(name: "Maria Berg", type: "person"), NameList.Entry(name: "John Smith", type: "person"),
    NameList.Entry(name: "Acme Corp", type: "organization"), NameList.Entry(name: "Oslo", type: "location"),
  ]

  func run() async throws -> [Row] {
    let extractor = OfflineExtractor()
    let clock = ContinuousClock()
    // The first reading of a process opens the models.
    let first = clock.measure { keep(extractor.read(Self.memory, at: nil)) }
    let memories = perSecond { count in
      for _ in 0..<count { keep(extractor.read(Self.memory, at: nil)) }
    }
    // As many as a server may have of each kind.
    let listed = NameList(MadeUpNames.entries(10_000, NameList.types))
    let graph = MadeUpNames.entries(50_000, NameList.types) + Self.names
    let known = KnownNames(listed: listed, seen: NameList(graph))
    let knowing = perSecond { count in
      for _ in 0..<count { keep(extractor.read(Self.memory, at: nil, knowing: known)) }
    }
    let small = Self.memory.lowercased()
    let smallAlone = perSecond { count in
      for _ in 0..<count { keep(extractor.read(small, at: nil)) }
    }
    let smallKnowing = perSecond { count in
      for _ in 0..<count { keep(extractor.read(small, at: nil, knowing: known)) }
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
      Row("the same, 10,000 names listed, 50,000 of the graph", ours: 1e6 / knowing, unit: " us"),
      Row("in lower case, no lists", ours: 1e6 / smallAlone, unit: " us"),
      Row("in lower case, its names among those of the graph", ours: 1e6 / smallKnowing, unit: " us"),
      Row("names alone, tokens", ours: pages * Double(words)),
      Row("whole extractor, tokens of a long text", ours: texts * Double(words)),
      Row("resident for the extractor, models included", ours: try ExtractorFootprint.megabytes(), unit: " MB"),
    ]
  }

  private static func annotated(_ text: String) -> String {
    text.split(separator: " ").map { $0.hasSuffix(".") ? "\($0)\tO\n" : "\($0)\tO" }.joined(separator: "\n")
  }
}
