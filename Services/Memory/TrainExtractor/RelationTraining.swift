import Extraction
import Foundation

/// `train-extractor relations CORPORA OUTPUT`: trains the relation model, says what it reached on documents that it had
/// not seen, and writes its file.
enum RelationTraining {
  static func run(_ arguments: [String]) throws {
    let corpora = URL(fileURLWithPath: arguments.first ?? "../shared/corpora")
    let output = arguments.count > 1 ? arguments[1] : "Services/Memory/RelationModel/relations.bin"
    let documents = try documents(corpora)
    var trainer = RelationTrainer()
    let outcome = trainer.train(documents, places: try places(corpora.appending(path: "names")))
    try Data(outcome.model).write(to: URL(fileURLWithPath: output))
    print(outcome.report)
    print("\(output): \(outcome.model.count) bytes")
  }

  /// `train-extractor measure-relations CORPORA`: trains five times on four fifths of the documents, and measures each
  /// packed model on the other fifth.
  static func measure(_ arguments: [String]) throws {
    let corpora = URL(fileURLWithPath: arguments.first ?? "../shared/corpora")
    let documents = try documents(corpora)
    let places = try places(corpora.appending(path: "names"))
    var whole = RelationEvaluation()
    for part in 0..<5 {
      var trainer = RelationTrainer()
      let rest = documents.indices.filter { $0 % 5 != part }.map { documents[$0] }
      let held = documents.indices.filter { $0 % 5 == part }.map { documents[$0] }
      trainer.train(rest, places: places).model.withUnsafeBytes { bytes in
        let model = RelationModel(bytes)
        print("part \(part + 1): \(line(RelationEvaluation(held, model: model)))")
        whole.add(held, model: model)
      }
    }
    print("all five: \(line(whole))")
    for (index, bin) in whole.bins.enumerated() where bin.count > 0 {
      let share = Double(bin.right) / Double(bin.count)
      print(String(format: "confidence from %.1f: %d said, %.3f right", Double(index) / 10, bin.count, share))
    }
  }

  private static func line(_ evaluation: RelationEvaluation) -> String {
    String(
      format: "within a sentence precision %.3f, recall %.3f, calibration error %.3f; all: precision %.3f, recall %.3f",
      evaluation.within.precision, evaluation.within.recall, evaluation.calibrationError, evaluation.all.precision,
      evaluation.all.recall)
  }

  private static func documents(_ corpora: URL) throws -> [RedocredDocument] {
    try RedocredDocument.list(parsing: Array(Data(contentsOf: corpora.appending(path: "redocred-dev.json"))))
  }

  private static func places(_ folder: URL) throws -> [UInt8] {
    func rows(_ name: String) throws -> [[String]] {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
    }
    var places: [(String, String)] = []
    for row in try rows("cities.tsv") where row.count > 2 {
      if !row[1].isEmpty { places.append((row[0], row[1])) }
      if !row[2].isEmpty { places.append((row[0], row[2])) }
      if !row[1].isEmpty, !row[2].isEmpty { places.append((row[1], row[2])) }
    }
    let capitals = try rows("countries.tsv").filter { $0.count > 3 && !$0[3].isEmpty }.map { ($0[3], $0[0]) }
    return PlaceContainment.compile(places: places, capitals: capitals)
  }
}
