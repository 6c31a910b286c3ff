import Extraction
import Foundation
import JSON

/// `roost extract evaluate`: how well the offline extractor finds names, on annotated sentences.
struct ExtractEvaluateCommand: Command {
  static let path = ["extract", "evaluate"]
  static let summary = "Measure the names found in annotated sentences"
  static let arguments = "FILE.tsv"
  static let discussion = """
    FILE.tsv has a word, a tab and a label (O, B-PER, I-PER, B-LOC, B-ORG, ...) a line and a blank line between
    sentences. A name is right when its first word, its last word and its type are. Persons, locations and
    organizations are always judged, products, works and events where the file marks any; all is of the first three.

    The words are taken as the file cuts them. With --text they are joined by spaces, and the whole extractor reads
    them as it reads any text. The calibration error is the mean distance, over tenths of confidence, between the
    confidence of what is said and the share of it that is right.

      roost extract evaluate wnut17-dev.tsv
    """
  static let options: [CommandOption] = [
    .json, .flag("text", "join the words, and read them as any text is read"),
  ]
  static let exitCodes: [ExitCode] = [.badInput, .noInput, .outputError]

  private let file: String
  private let mode: EntityEvaluation.Mode
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(CommandError) {
    file = try arguments.positionals("FILE.tsv")[0]
    mode = arguments.has("text") ? .text : .words
    printsJSON = arguments.has("json")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandError(.noInput, "cannot read \(DisplayText.printable(file))")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw CommandError(.badInput, "\(DisplayText.printable(file)) is not UTF-8")
    }
    let sentences: [AnnotatedSentence]
    do throws(AnnotatedSentence.FormatError) { sentences = try AnnotatedSentence.sentences(of: text) } catch {
      throw CommandError(.badInput, "\(DisplayText.printable(file)): \(error)")
    }
    var evaluation = EntityEvaluation(OfflineExtractor(), mode: mode)
    evaluation.add(sentences)
    if printsJSON {
      try context.output.document(document(evaluation))
    } else {
      for line in lines(evaluation) { try context.output.line(line) }
    }
    return .success
  }

  /// The three common types first, the others by name.
  private func types(_ evaluation: EntityEvaluation) -> [(name: String, counts: EntityEvaluation.Counts)] {
    let others = evaluation.types.keys.filter { !EntityEvaluation.common.contains($0) }.sorted()
    return (EntityEvaluation.common + others).map { ($0, evaluation.types[$0] ?? .init()) }
  }

  private func document(_ evaluation: EntityEvaluation) -> JSONValue {
    func value(_ counts: EntityEvaluation.Counts) -> JSONValue {
      .object([
        "precision": .number(counts.precision), "recall": .number(counts.recall), "f1": .number(counts.f1),
        "right": .integer(Int64(counts.right)), "spurious": .integer(Int64(counts.spurious)),
        "missed": .integer(Int64(counts.missed)),
      ])
    }
    return .object([
      "all": value(evaluation.overall),
      "types": .object(JSONObject(types(evaluation).map { ($0.name, value($0.counts)) })),
      "calibration_error": .number(evaluation.calibrationError),
      "sentences": .integer(Int64(evaluation.sentenceCount)),
      "exact_sentences": .integer(Int64(evaluation.rightSentences)),
    ])
  }

  private func lines(_ evaluation: EntityEvaluation) -> [String] {
    func row(_ name: String, _ counts: EntityEvaluation.Counts) -> String {
      String(
        format: "%8.3f %8.3f %8.3f %7d %9d %7d  ", counts.precision, counts.recall, counts.f1, counts.right,
        counts.spurious, counts.missed) + name
    }
    var lines = ["precision   recall       f1   right  spurious  missed  type, exact match"]
    for (name, counts) in types(evaluation) { lines.append(row(name, counts)) }
    lines.append(row("all: person, location, organization", evaluation.overall))
    lines.append("")
    lines.append(
      "\(evaluation.rightSentences) of \(evaluation.sentenceCount) sentences without any mistake, "
        + "\(evaluation.wordCount) words")
    lines.append("")
    lines.append("confidence     said    right")
    for (index, tenth) in evaluation.tenths.enumerated() where tenth.count > 0 {
      lines.append(
        String(
          format: "%.1f to %.1f %8d    %.3f", Double(index) / 10, Double(index + 1) / 10, tenth.count,
          Double(tenth.right) / Double(tenth.count)))
    }
    lines.append(String(format: "calibration error %.3f", evaluation.calibrationError))
    return lines
  }
}
