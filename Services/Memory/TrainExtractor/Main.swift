import Extraction
import Foundation

/// Trains the models that the extractor carries; the same inputs give the same bytes.
///
///     train-extractor                              both models, from ../shared/corpora, to where the build takes them
///     train-extractor entities [CORPORA [OUTPUT]]
///     train-extractor relations [CORPORA [OUTPUT]]
///     train-extractor measure-relations [CORPORA]  what the relation model reaches on documents held out of training
///     train-extractor measure-names [CORPORA]      what the model of names reaches where it has not learned from, beside a
///                                                  baseline, in other writings and with known names
///     train-extractor measure-names CORPORA FILE…  what the model that is shipped finds in annotated files of other
///                                                  texts, beside a baseline
///     train-extractor words LEXEMES TWEETS OUTPUT  the table of words, which both rest on: see EntityModel/MODEL.md
///     train-extractor vectors VECTORS OUTPUT       the table of word vectors, likewise
@main
struct Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let rest = Array(arguments.dropFirst())
    do {
      switch (arguments.first, rest.count) {
      case (nil, _):
        try EntityTraining.run([])
        try RelationTraining.run([])
      case ("entities", 0...2): try EntityTraining.run(rest)
      case ("relations", 0...2): try RelationTraining.run(rest)
      case ("measure-names", 0...1): try NameMeasure.run(rest)
      case ("measure-names", 2...): try NameMeasure.compare(rest[0], files: Array(rest.dropFirst()))
      case ("measure-relations", 0...1): try RelationTraining.measure(rest)
      case ("words", 3):
        let bytes = try WordTableCompiler.compile(
          URL(fileURLWithPath: rest[0]), messages: URL(fileURLWithPath: rest[1]))
        try Data(bytes).write(to: URL(fileURLWithPath: rest[2]))
        print("\(rest[2]): \(bytes.count) bytes")
      case ("vectors", 2):
        let bytes = try WordVectorCompiler.compile(URL(fileURLWithPath: rest[0]))
        try Data(bytes).write(to: URL(fileURLWithPath: rest[1]))
        print("\(rest[1]): \(bytes.count) bytes")
      default:
        FileHandle.standardError.write(
          Data(
            """
            usage: train-extractor [entities|relations [CORPORA [OUTPUT]]]
                   train-extractor measure-names|measure-relations [CORPORA]
                   train-extractor measure-names CORPORA FILE...
                   train-extractor words LEXEMES TWEETS OUTPUT
                   train-extractor vectors VECTORS OUTPUT

            """.utf8))
        exit(64)
      }
    } catch let error as CocoaError {
      let file = error.filePath.map { "\($0): " } ?? ""
      FileHandle.standardError.write(Data("train-extractor: \(file)\(error.localizedDescription)\n".utf8))
      exit(66)
    } catch {
      FileHandle.standardError.write(Data("train-extractor: \(error)\n".utf8))
      exit(66)
    }
  }
}
