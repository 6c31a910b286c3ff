import Extraction
import Foundation
import JSON

/// `roost extract evaluate-relations`: how well the offline extractor tells relations, on annotated documents.
struct ExtractEvaluateRelationsCommand: Command {
  static let path = ["extract", "evaluate-relations"]
  static let summary = "Measure the relations on annotated documents"
  static let arguments = "FILE.json"
  static let discussion = """
    FILE.json is a list of documents in the form of Re-DocRED: sents, vertexSet with the mentions of each entity, and
    labels. The entities are given; what is measured is the relations that the extractor tells between them, at the
    thresholds that it ships with. Labels are properties of Wikidata (P131) or names of ours (located_in).

    A fact counts as within a sentence when some sentence has a mention of both of its entities; the table and the
    calibration are of those. The calibration error is the mean distance, over tenths of confidence, between the
    confidence of what is said and the share of it that the annotation has.

      roost extract evaluate-relations redocred-dev.json
    """
  static let options: [CommandOption] = [.json]
  static let exitCodes: [ExitCode] = [.badInput, .noInput, .outputError]

  private let file: String
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(CommandError) {
    file = try arguments.positionals("FILE.json")[0]
    printsJSON = arguments.has("json")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandError(.noInput, "cannot read \(DisplayText.printable(file))")
    }
    let documents: [RedocredDocument]
    do {
      documents = try RedocredDocument.list(parsing: Array(data))
    } catch {
      throw CommandError(.badInput, "\(DisplayText.printable(file)): \(error)")
    }
    let evaluation = RelationEvaluation(documents)
    if printsJSON {
      try context.output.document(document(evaluation))
    } else {
      for line in lines(evaluation) { try context.output.line(line) }
    }
    return .success
  }

  private func relations(_ evaluation: RelationEvaluation) -> [(name: String, score: RelationEvaluation.Score)] {
    evaluation.byRelation.map { ($0.key, $0.value) }.sorted { ($1.score.facts, $0.name) < ($0.score.facts, $1.name) }
  }

  private func document(_ evaluation: RelationEvaluation) -> JSONValue {
    func value(_ score: RelationEvaluation.Score) -> JSONValue {
      .object([
        "precision": .number(score.precision), "recall": .number(score.recall), "f1": .number(score.f1),
        "right": .integer(Int64(score.right)), "said": .integer(Int64(score.said)),
        "facts": .integer(Int64(score.facts)),
      ])
    }
    return .object([
      "within_sentence": value(evaluation.within), "all": value(evaluation.all),
      "calibration_error": .number(evaluation.calibrationError),
      "relations": .object(JSONObject(relations(evaluation).map { ($0.name, value($0.score)) })),
    ])
  }

  private func lines(_ evaluation: RelationEvaluation) -> [String] {
    func row(_ name: String, _ score: RelationEvaluation.Score) -> String {
      String(format: "%8.3f %8.3f %8.3f %7d %7d  ", score.precision, score.recall, score.f1, score.said, score.facts)
        + DisplayText.printable(name)
    }
    var lines = ["precision   recall       f1    said   facts  relation within a sentence"]
    for (identifier, score) in relations(evaluation) {
      let name = RelationLabel.label(of: identifier).map { " \($0.name)\($0.isInverse ? ", turned round" : "")" } ?? ""
      lines.append(row(identifier + name, score))
    }
    lines.append(row("all within a sentence", evaluation.within))
    lines.append(row("all", evaluation.all))
    lines.append("")
    lines.append("confidence     said    right")
    for (index, bin) in evaluation.bins.enumerated() where bin.count > 0 {
      lines.append(
        String(
          format: "%.1f to %.1f %8d    %.3f", Double(index) / 10, Double(index + 1) / 10, bin.count,
          Double(bin.right) / Double(bin.count)))
    }
    lines.append(String(format: "calibration error %.3f", evaluation.calibrationError))
    return lines
  }
}
