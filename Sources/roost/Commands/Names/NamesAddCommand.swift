import Extraction
import HTTPClient
import JSON

/// `roost names add`: lists a name.
struct NamesAddCommand: Command {
  static let path = ["names", "add"]
  static let summary = "List a name that is to be found in texts"
  static let arguments = "NAME"
  static let discussion = """
    Texts that are read from now on have this name wherever its words stand, with this type, whatever the extractor
    would have made of them. Case and accents do not matter, except that a name which is one ordinary word (Apple, IT)
    wants the capitals that it has here. An alias is told by the name. What was read already stays as it is.

      roost names add Zorbly --type=product
      roost names add "Acme Corporation" --type=organization --alias=ACME --alias="Acme Corp"
    """
  static let options =
    CommandOption.client + [
      .value("type", "TYPE", "what it names: " + NameList.types.joined(separator: ", ")),
      .value("alias", "NAME", "another name of the same thing; may be given more than once"),
      .value("idempotency-key", "KEY", "the same key lists the name once, however often it is sent"),
    ]

  private let client: ClientArguments
  private let body: JSONObject
  private let idempotencyKey: String?

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    let name = try arguments.positionals("NAME")[0]
    guard let type = arguments.string("type") else { throw .usage("--type is missing") }
    guard NameList.types.contains(type) else {
      throw .usage("--type is one of \(NameList.types.joined(separator: ", ")), not \(type)")
    }
    var body: JSONObject = ["name": .string(name), "type": .string(type)]
    let aliases = arguments.strings("alias")
    if !aliases.isEmpty { body["aliases"] = .array(aliases.map { .string($0) }) }
    self.body = body
    idempotencyKey = arguments.string("idempotency-key")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let answer = try await context.client(client).post(
      "/v1/names", .object(body), headers: idempotencyKey.map { [HTTPClientField("Idempotency-Key", $0)] } ?? [])
    if client.printsJSON {
      try context.output.document(answer)
    } else {
      try context.output.line("listed \(try answer.text("name_id"))")
    }
    return .success
  }
}
