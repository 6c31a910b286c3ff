import Extraction
import Foundation

/// `compile-name-lists CORPORA LEXICONS OUTPUT`: writes the compiled file of name lists that the extractor carries.
///
/// `CORPORA` has the folders `names` and `ner`; `LEXICONS` the files that `NameLists/LICENCES.md` names, a name a line. The
/// same inputs give the same bytes.
@main
struct Main {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      FileHandle.standardError.write(Data("usage: compile-name-lists CORPORA LEXICONS OUTPUT\n".utf8))
      exit(64)
    }
    do {
      let bytes = try compile(URL(fileURLWithPath: arguments[1]), lexicons: URL(fileURLWithPath: arguments[2]))
      try Data(bytes).write(to: URL(fileURLWithPath: arguments[3]))
      print("\(arguments[3]): \(bytes.count) bytes")
    } catch {
      FileHandle.standardError.write(Data("compile-name-lists: \(error)\n".utf8))
      exit(66)
    }
  }

  private static func compile(_ corpora: URL, lexicons: URL) throws -> [UInt8] {
    var writer = NameListWriter()
    try addNames(from: corpora.appending(path: "names"), to: &writer)
    try Lexicons.addNames(from: lexicons, to: &writer)
    var usage = WordUsage()
    let annotated = corpora.appending(path: "ner")
    for file in try FileManager.default.contentsOfDirectory(atPath: annotated.path).sorted()
    where file.hasSuffix(".tsv") {
      usage.read(try String(contentsOf: annotated.appending(path: file), encoding: .utf8))
    }
    usage.add(to: &writer)
    return writer.serialized()
  }

  private static func rows(_ file: URL) throws -> [[String]] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// How many children, and which share of people in per cent, make a name frequent.
  private static let frequentChildren = 1_000
  private static let frequentShare = 0.01

  private static func addNames(from folder: URL, to writer: inout NameListWriter) throws {
    for row in try rows(folder.appending(path: "given-names.tsv")) {
      let isFrequent = row.count > 1 && Int(row[1]).map { $0 >= frequentChildren } == true
      writer.add(row[0], isFrequent ? [.givenName, .frequentGivenName] : .givenName)
    }
    for row in try rows(folder.appending(path: "surnames.tsv")) {
      let isFrequent = row.count > 1 && Double(row[1]).map { $0 >= frequentShare } == true
      writer.add(row[0], isFrequent ? [.surname, .frequentSurname] : .surname)
    }
    for row in try rows(folder.appending(path: "cities.tsv")) {
      writer.add(row[0], .city)
      if row.count > 1, !row[1].isEmpty { writer.add(row[1], .region) }
      if row.count > 2, !row[2].isEmpty { writer.add(row[2], .country) }
    }
    for row in try rows(folder.appending(path: "countries.tsv")) {
      writer.add(row[0], .country)
      if row.count > 1 { writer.add(row[1], .country) }
      if row.count > 3, !row[3].isEmpty { writer.add(row[3], .city) }
    }
    for row in try rows(folder.appending(path: "companies.tsv")) { writer.add(row[0], .company) }
  }
}
