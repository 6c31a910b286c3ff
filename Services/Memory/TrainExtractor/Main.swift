import Foundation

/// `train-extractor relations [CORPORA [OUTPUT]]`: trains the models that the extractor carries.
@main
struct Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.first == "relations", arguments.count <= 3 else {
      FileHandle.standardError.write(Data("usage: train-extractor relations [CORPORA [OUTPUT]]\n".utf8))
      exit(64)
    }
    do {
      try RelationTraining.run(Array(arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("train-extractor: \(error)\n".utf8))
      exit(66)
    }
  }
}
