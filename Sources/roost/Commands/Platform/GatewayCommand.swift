import JSON
import RuntimeHost

/// `roost gateway`: the settings of the server in front of several processes.
struct GatewayCommand: Command {
  static let path = ["gateway"]
  static let summary = "Print nginx's settings for a gateway before several processes"
  static let discussion = """
    Made from the services' own routes: what belongs to one service goes to its process, what belongs to all
    (/v1/status, /v1/events, /v1/failed-deliveries) to any that is up. Each process is expected at the service's name
    with - for _, port 8080, and all of them together at the name platform. compose.yaml says how it is used, and
    `make gateway` writes the file anew that is checked in. Starts nothing and opens nothing.

      roost gateway > deploy/gateway/nginx.conf
      roost gateway --json | jq '.[] | {service, prefixes}'
    """
  static let options: [CommandOption] = [.json]
  static let exitCodes: [ExitCode] = []

  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
    printsJSON = arguments.has("json")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let configuration = try HostConfiguration(services: platformServices)
    let tables = try RuntimeHost(configuration: configuration, services: platformServices).routeTables()
    let routes = try GatewayRoutes(tables)
    if printsJSON {
      try context.output.document(routes.document)
    } else {
      try context.output.write(NginxConfiguration(routes: routes, bodyLimit: configuration.bodyLimit).text)
    }
    return .success
  }
}
