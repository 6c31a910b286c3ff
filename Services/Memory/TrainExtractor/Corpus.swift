import Extraction
import Foundation

/// The annotated texts and the lists of names that the model learns from.
struct Corpus {
  /// About as many sentences as a document has.
  private static let blockLength = 20

  struct Part {
    var name: String
    var sentences: [TrainingSentence]
  }

  var parts: [Part] = []
  var givenNames: [String] = []
  var surnames: [String] = []
  var cities: [[String]] = []
  var companies: [[String]] = []

  init(folder: URL) throws {
    let annotated = folder.appending(path: "ner")
    for file in try FileManager.default.contentsOfDirectory(atPath: annotated.path).sorted()
    where file.hasSuffix(".tsv") {
      let name = String(file.dropLast(4))
      let marksOthers = name.hasPrefix("wikigold") || name.hasPrefix("wnut")
      let sentences = try Self.annotatedSentences(of: annotated.appending(path: file))
      parts.append(
        Part(
          name: name,
          sentences: sentences.map {
            TrainingSentence($0, marksOthers: marksOthers, marksProducts: name.hasPrefix("wnut"))
          }))
    }
    parts.append(
      Part(name: "redocred", sentences: try RedocredSentences.read(folder.appending(path: "redocred-dev.json"))))
    for part in parts.indices {
      for index in parts[part].sentences.indices { parts[part].sentences[index].block = index / Self.blockLength }
    }
    let names = folder.appending(path: "names")
    givenNames = try Self.rows(names.appending(path: "given-names.tsv"))
      .filter { $0.count > 1 && (Int($0[1]) ?? 0) > 300 }.map { $0[0] }
    surnames = try Self.rows(names.appending(path: "surnames.tsv")).prefix(8_000).map { $0[0].capitalized }
    cities = try Self.rows(names.appending(path: "cities.tsv")).map { Self.words($0[0]) }
    companies = try Self.rows(names.appending(path: "companies.tsv")).map { Self.words($0[0]) }
  }

  struct FormatError: Error, CustomStringConvertible {
    var file: String
    var problem: AnnotatedSentence.FormatError
    var description: String { "\(file): \(problem)" }
  }

  /// - Throws: ``FormatError`` for a file that is not annotated, and what Foundation throws for one that cannot be read.
  static func annotatedSentences(of file: URL) throws -> [AnnotatedSentence] {
    let text = try String(contentsOf: file, encoding: .utf8)
    do { return try AnnotatedSentence.sentences(of: text) } catch {
      throw FormatError(file: file.relativePath, problem: error)
    }
  }

  private static func rows(_ file: URL) throws -> [[String]] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static func words(_ name: String) -> [String] { name.split(separator: " ").map(String.init) }
}
