import Events
import Extraction
import JSON

/// `roost extract`: reads texts here and now, without a server and without a network.
struct ExtractCommand: Command {
  static let path = ["extract"]
  static let summary = "Read entities and relationships out of a text, without a server"
  static let arguments = "TEXT|FILE|-"
  static let discussion = """
    Shows what the offline extractor finds in a text, how sure it is, and the words that each finding rests on. The
    argument is the text, or the name of a file that holds it; - is standard input. Places are bytes of UTF-8.

    A file named .jsonl, or standard input that begins with {, has an object a line: its text, a time when it was
    written (RFC 3339), and an id to know its answer by. With --json each line is answered by one object with entities
    and relationships, as soon as it is read. A line that cannot be read is told with its number and answered with an
    error, the others go on, and the command ends with exit code 65.

    With --names the names of a file are known besides: each line has a name, a tab and its type (person, organization,
    location, product, event, work), and after further tabs its aliases. `roost names add` lists names for a server.

      roost extract "Maria Berg joined Acme Corp in Oslo in 2019."
      roost extract --names=ours.tsv note.txt
      roost extract --time=2026-11-24T09:00:00Z "John visited Paris last summer."
      roost extract --json notes.jsonl | jq -c '.relationships[]'
    """
  static let options: [CommandOption] = [
    .json, .value("time", "TIME", "when a text was written that does not say so: \"last summer\" counts from there"),
    .value("names", "FILE", "names that are found wherever they stand, with their types"),
  ]
  static let exitCodes: [ExitCode] = [.badInput, .noInput, .outputError]

  private let extractor = OfflineExtractor()
  private let argument: String
  private let time: Timestamp?
  private let namesFile: String?
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(CommandError) {
    argument = try arguments.positionals("TEXT")[0]
    time = try arguments.string("time").map { text throws(CommandError) in
      do throws(TimestampError) { return try Timestamp(parsing: text) } catch { throw .usage("--time: \(error)") }
    }
    namesFile = arguments.string("names")
    printsJSON = arguments.has("json")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let names = KnownNames(listed: try namesFile.map(NamesFile.list) ?? .empty)
    guard let path = ExtractInput.path(argument) else {
      try answer(ExtractInput(text: argument, time: time), knowing: names, in: context)
      return .success
    }
    var reader = try LineReader(path: path)
    let hasLines =
      path == "-"
      ? try reader.firstByte() == UInt8(ascii: "{") : ExtractInput.isNameOfLines(path)
    if hasLines { return try answerLines(of: &reader, path: path, knowing: names, in: context) }
    guard let text = String(validating: try reader.rest(), as: UTF8.self) else {
      throw CommandError(.badInput, "\(path) is not UTF-8")
    }
    try answer(ExtractInput(text: text, time: time), knowing: names, in: context)
    return .success
  }

  private func answer(_ input: ExtractInput, knowing names: KnownNames, in context: CommandContext) throws {
    let found = extractor.read(input.text, at: input.time?.microsecondsSinceEpoch, knowing: names)
    if printsJSON {
      try context.output.document(found.answer(id: input.id, extractor: extractor.version))
    } else {
      try show(found, in: context)
    }
  }

  private func answerLines(
    of reader: inout LineReader, path: String, knowing names: KnownNames, in context: CommandContext
  ) throws -> ExitCode {
    var refused = 0
    var hasShown = false
    while let line = try reader.next() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      let input: ExtractInput
      do throws(CommandError) {
        input = try ExtractInput(line: line, time: time)
      } catch {
        refused += 1
        try context.errors.line(
          "\(path == "-" ? "standard input" : path): line \(reader.number): \(DisplayText.printable(error.message))")
        // Its place among the answers stays taken, so that they can be laid beside the lines.
        if printsJSON { try context.output.documentLine(Extraction().answer(error: error.message)) }
        continue
      }
      let found = extractor.read(input.text, at: input.time?.microsecondsSinceEpoch, knowing: names)
      if printsJSON {
        try context.output.documentLine(found.answer(id: input.id, extractor: extractor.version))
      } else {
        let heading = "line \(reader.number): " + DisplayText.printable(input.text)
        let width = context.output.isTerminal ? context.output.width : Int.max
        if hasShown { try context.output.line() }
        try context.output.line(context.output.style.bold(DisplayText.truncated(heading, to: width)))
        try show(found, in: context)
        hasShown = true
      }
    }
    return refused == 0 ? .success : .badInput
  }

  private func show(_ found: Extraction, in context: CommandContext) throws {
    let width = context.output.isTerminal ? context.output.width : nil
    for line in ExtractionReport(found).lines(width: width, style: context.output.style) {
      try context.output.line(line)
    }
  }
}
