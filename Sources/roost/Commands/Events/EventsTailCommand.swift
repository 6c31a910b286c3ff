import Events
import HTTPClient
import JSON

/// `roost events tail`: the events as they happen.
struct EventsTailCommand: Command {
  static let path = ["events", "tail"]
  static let summary = "Follow the events as they happen"
  static let arguments = "[PATTERN]"
  static let discussion = """
    Prints each event as it is published, until it is interrupted. PATTERN chooses by type: memory.created is that
    type, memory.* everything of memory, * everything. A lost connection is made again and goes on behind the last
    event that was shown. With --json each line is an event as it was published.

      roost events tail
      roost events tail 'memory.*' --from-beginning
      roost events tail 'delivery.*' --json | jq .payload.error
    """
  static let options =
    CommandOption.client + [
      .flag("from-beginning", "begin with the oldest event that is kept"),
      .flag("payload", "print each event's payload below it"),
      .value("limit", "N", "end after so many events"),
    ]

  private let client: ClientArguments
  private let pattern: String
  private let fromBeginning: Bool
  private let showsPayload: Bool
  private let limit: Int?

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    pattern = try arguments.optionalPositional("PATTERN") ?? "*"
    guard (try? EventPattern(validating: pattern)) != nil else {
      throw .usage("\(pattern) is not a pattern of event types, such as memory.* or memory.created")
    }
    fromBeginning = arguments.has("from-beginning")
    showsPayload = arguments.has("payload")
    limit = try arguments.int("limit", in: 1...Int.max)
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let api = try context.client(client)
    var lastEventID: String?
    var shown = 0
    var wait: Duration = .milliseconds(500)
    while true {
      do {
        let stream = api.events(pattern: pattern, fromBeginning: fromBeginning, after: lastEventID)
        for try await message in stream {
          if !message.id.isEmpty { lastEventID = message.id }
          wait = .milliseconds(500)
          try show(message, in: context)
          shown += 1
          if shown == limit { return .success }
        }
      } catch let error as HTTPClientError {
        // Nobody there from the start is a mistake to tell; a server that goes away later comes back.
        let isLost = [.connectionLost, .timedOut].contains(error.kind)
        guard isLost || lastEventID != nil && error.kind == .cannotConnect else { throw api.failure(error) }
      }
      if !client.printsJSON {
        try context.errors.line("the connection to \(api.base) ended; trying again in \(Figures.duration(wait))")
      }
      try await Task.sleep(for: wait)
      wait = min(wait * 2, .seconds(10))
    }
  }

  private func show(_ message: HTTPClientEvent, in context: CommandContext) throws {
    let event: JSONValue
    do throws(JSONError) {
      event = try JSONValue(parsing: message.data)
    } catch {
      return try context.errors.line("an event that is no JSON: \(error)")
    }
    let output = context.output
    guard !client.printsJSON else { return try output.documentLine(event) }
    try output.line(
      EventLine.render(event, width: output.isTerminal ? output.width : nil, style: output.style))
    if showsPayload, let payload = event["payload"] {
      try output.line(String(decoding: payload.serialized(pretty: true), as: UTF8.self))
    }
  }
}
