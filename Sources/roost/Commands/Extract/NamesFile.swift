import Extraction
import Foundation

/// A file of names: a name, a tab and its type a line, and after further tabs its aliases.
enum NamesFile {
  /// - Throws: `CommandError` that names the line which is wrong.
  static func list(_ path: String) throws(CommandError) -> NameList {
    let file = DisplayText.printable(path)
    guard let text = String(validating: try InputFile.read(path), as: UTF8.self) else {
      throw CommandError(.badInput, "\(file) is not UTF-8")
    }
    var entries: [NameList.Entry] = []
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if fields.allSatisfy(\.isEmpty) { continue }
      func wrong(_ what: String) -> CommandError { CommandError(.badInput, "\(file): line \(number): \(what)") }
      guard fields.count > 1 else { throw wrong("a name, a tab and its type are wanted") }
      guard NameList.types.contains(fields[1]) else {
        throw wrong(
          "the type is one of \(NameList.types.joined(separator: ", ")), not \(DisplayText.printable(fields[1]))")
      }
      let names = [fields[0]] + fields.dropFirst(2).filter { !$0.isEmpty }
      if let name = names.first(where: { NameList.form(of: $0) == nil }) {
        throw wrong(
          "a name has a letter or a digit and at most \(NameList.mostWords) words: \(DisplayText.printable(name))")
      }
      entries.append(NameList.Entry(name: names[0], type: fields[1], aliases: Array(names.dropFirst())))
    }
    return NameList(entries)
  }
}
