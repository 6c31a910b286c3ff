import Foundation
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
      token: try token(), http: http)
  }

  private func token() throws(CommandError) -> String? {
    if let token = environment["ROOST_TOKEN"], !token.isEmpty { return token }
    guard let path = environment["ROOST_TOKEN_FILE"], !path.isEmpty else { return nil }
    let text = String(decoding: try InputFile.read(path), as: UTF8.self)
    return text.trimmingCharacters(in: .newlines)
  }
}
