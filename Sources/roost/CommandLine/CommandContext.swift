import HTTPClient

/// What a command sees of the world: its environment and where it writes. Values, so that tests set them.
struct CommandContext: Sendable {
  var environment: [String: String]
  /// For answers.
  var output: TextOutput
  /// For everything else: progress, warnings, the line that says what went wrong.
  var errors: TextOutput
  var http: HTTPClient = .shared

  /// The server that the command line or the environment names.
  func client(_ arguments: ClientArguments) throws(CommandError) -> APIClient {
    try APIClient(
      base: arguments.url ?? environment["ROOST_URL"].flatMap { $0.isEmpty ? nil : $0 } ?? APIClient.defaultBase,
      token: environment["ROOST_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }, http: http)
  }
}
