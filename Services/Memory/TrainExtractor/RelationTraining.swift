import Extraction
import Foundation

/// `train-extractor relations CORPORA OUTPUT`: trains the relation model, says what it reached on documents that it had
/// not seen, and writes its file.
enum RelationTraining {
  static func run(_ arguments: [String]) throws {
    let corpora = URL(fileURLWithPath: arguments.first ?? "../shared/corpora")
    let output = arguments.count > 1 ? arguments[1] : "Services/Memory/RelationModel/relations.bin"
    let documents = try RedocredDocument.list(
      parsing: Array(Data(contentsOf: corpora.appending(path: "redocred-dev.json"))))
    var trainer = RelationTrainer()
    let outcome = trainer.train(documents, places: try places(corpora.appending(path: "names")))
    try Data(outcome.model).write(to: URL(fileURLWithPath: output))
    print(outcome.report)
    print("\(output): \(outcome.model.count) bytes")
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
