import JSON

/// `roost memory import`: stores a file of memories.
struct MemoryImportCommand: Command {
  static let path = ["memory", "import"]
  static let summary = "Store a file of memories, one JSON object a line"
  static let arguments = "FILE.jsonl|-"
  static let discussion = """
    Each line is an object that has its text as content or text, or as a list of paragraphs. user_id, agent_id and
    filters are taken where a line has them; other fields are left out. Lines go to the server in batches of up to
    1,000.

    An import that was interrupted is simply run again: the same line of the same text is stored once, for as long as
    the server remembers idempotency keys (a day). A line that cannot be stored is named with its reason, and the
    others go on.

      roost memory import notes.jsonl
      roost memory import --user=ann - < notes.jsonl
    """
  static let options =
    CommandOption.client + [
      .value("user", "ID", "the owner of every memory, whatever its line says"),
      .value("agent", "ID", "the agent of every memory, whatever its line says"),
      .value("concurrency", "N", "batches under way at once (2)"),
    ]
  static let exitCodes: [ExitCode] = [.badInput, .noInput, .unavailable, .temporaryFailure, .noPermission]

  private let client: ClientArguments
  private let file: String
  private let user: String?
  private let agent: String?
  private let concurrency: Int

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    file = try arguments.positionals("FILE.jsonl")[0]
    user = arguments.string("user")
    agent = arguments.string("agent")
    concurrency = try arguments.int("concurrency", in: 1...16) ?? 2
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let importer = Importer(client: try context.client(client))
    var source = try ImportSource(path: file, userID: user, agentID: agent)
    var progress = ProgressLine(
      output: context.errors, unit: "memories", total: source.size,
      isSilent: client.printsJSON && !context.errors.isTerminal)
    var tally = ImportTally()
    let start = ContinuousClock.now
    do {
      try await withThrowingTaskGroup(of: (ImportBatch, [Importer.Outcome]).self) { group in
        var underWay = 0
        var isAtEnd = false
        while !isAtEnd || underWay > 0 {
          if !isAtEnd, underWay < concurrency {
            if let batch = try source.next(tally: &tally) {
              group.addTask { (batch, try await importer.send(batch)) }
              underWay += 1
            } else {
              isAtEnd = true
            }
          } else if let (batch, outcomes) = try await group.next() {
            underWay -= 1
            tally.take(outcomes, of: batch)
            try progress.show(done: tally.done, position: batch.end, elapsed: .now - start)
          }
        }
      }
    } catch {
      try? progress.finish()
      try? context.errors.line(
        "stopped after \(Figures.count(tally.done, "line", "lines")); run the same command again to go on")
      throw error
    }
    try progress.finish()
    return try report(tally, elapsed: .now - start, in: context)
  }

  private func report(_ tally: ImportTally, elapsed: Duration, in context: CommandContext) throws -> ExitCode {
    for refusal in tally.refusals {
      try context.errors.line("\(file): line \(refusal.line): \(DisplayText.printable(refusal.reason))")
    }
    if tally.refused > tally.refusals.count {
      try context.errors.line("… and \(Figures.count(tally.refused - tally.refusals.count)) more lines")
    }
    if client.printsJSON {
      try context.output.document([
        "stored": JSONValue(tally.stored), "present": JSONValue(tally.present), "refused": JSONValue(tally.refused),
        "seconds": JSONValue(((elapsed / .milliseconds(1)).rounded()) / 1000),
        "refusals": .array(tally.refusals.map { ["line": JSONValue($0.line), "reason": .string($0.reason)] }),
      ])
    } else {
      var text = "stored \(Figures.count(tally.stored, "memory", "memories"))"
      if tally.present > 0 { text += ", \(Figures.count(tally.present)) were there already" }
      if tally.refused > 0 { text += ", \(Figures.count(tally.refused)) refused" }
      text += " in \(Figures.duration(elapsed)) (\(Figures.rate(tally.done, in: elapsed)))"
      try context.output.line(text)
    }
    return tally.refused == 0 ? .success : .badInput
  }
}

extension ImportTally {
  fileprivate mutating func take(_ outcomes: [Importer.Outcome], of batch: ImportBatch) {
    for (record, outcome) in zip(batch.records, outcomes) {
      switch outcome {
      case .stored: store()
      case .present: findPresent()
      case .refused(let reason): refuse(line: record.line, reason)
      }
    }
  }
}
