import Extraction
import Foundation

/// What the extractor takes of main memory: a process that has read texts with it, beside one that has read none.
///
/// Both are this program, called with ``word`` and the number of texts. The names in the texts are made up from random
/// letters, so that they touch the models' tables everywhere.
enum ExtractorFootprint {
  static let word = "extractor-footprint"
  private static let texts = 3_000

  /// In MB (1,000,000 bytes).
  static func megabytes() throws -> Double {
    try resident(afterReading: texts) - resident(afterReading: 0)
  }

  private static func resident(afterReading texts: Int) throws -> Double {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let answer = try Subprocess.output(of: program, [word, "\(texts)"])
    guard let megabytes = Double(answer.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw BenchmarkFailure("a process did not tell its memory: \(answer)")
    }
    return megabytes
  }

  /// The process that is measured: reads the texts and prints its resident memory.
  static func runChild(_ arguments: some Sequence<String>) {
    var names = SystemRandomNumberGenerator()
    func name() -> String {
      String(
        (0..<Int.random(in: 3...9, using: &names)).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "a" }
      )
      .capitalized
    }
    let extractor = OfflineExtractor()
    for _ in 0..<(arguments.compactMap { Int($0) }.first ?? 0) {
      let text = """
        \(name()) \(name()), who lives in \(name()), joined \(name()) Corp in May 2019 and reports to \(name()) \
        \(name()), the head of sales there. The company was founded by \(name()) in \(name()), \(name()).
        """
      keep(extractor.read(text, at: nil))
    }
    print(ResidentMemory.megabytes(of: getpid()))
  }
}
