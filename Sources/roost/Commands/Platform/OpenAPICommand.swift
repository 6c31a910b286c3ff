import JSON
import RuntimeHost

/// `roost openapi`: the description of the whole API.
struct OpenAPICommand: Command {
  static let path = ["openapi"]
  static let summary = "Print the OpenAPI document of the whole API"
  static let discussion = """
    The document that a server with every service has at /openapi.json. Each process of a platform of several knows its
    own part alone, so the gateway serves this one. Starts nothing and opens nothing.

      roost openapi > openapi.json
    """
  static let options: [CommandOption] = [.json]
  static let exitCodes: [ExitCode] = []

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let host = RuntimeHost(configuration: try HostConfiguration(services: platformServices), services: platformServices)
    try context.output.write(
      String(decoding: try host.openAPIDocument().serialized(pretty: true), as: UTF8.self) + "\n")
    return .success
  }
}
