import HTTPClient
import JSON

extension APIClient {
  /// Why there is no answer, and what to do.
  func failure(_ error: HTTPClientError) -> CommandError {
    switch error.kind {
    case .cannotConnect, .cannotResolve:
      CommandError(
        .unavailable, "no server at \(base): start one with `roost run`, or name another with --url or ROOST_URL")
    case .invalidURL: .usage("\(base) is not an address of a server: \(error.message)")
    case .timedOut: CommandError(.temporaryFailure, "the server at \(base) did not answer in time")
    case .connectionLost: CommandError(.temporaryFailure, "the server at \(base) closed the connection")
    case .cancelled: CommandError(.interrupted, "interrupted")
    case .unexpectedAnswer: error.response.map(Self.refusal) ?? CommandError(.internalError, error.message)
    case .tooLarge, .other: CommandError(.internalError, "calling \(base): \(error.message)")
    }
  }

  /// What a status that is no success means, with the problem's own words.
  static func refusal(_ response: HTTPClientResponse) -> CommandError {
    let problem = try? response.json()
    let words = problem.map(problemText) ?? "the server answered \(response.status)"
    let code: ExitCode =
      switch response.status {
      case 401, 403: .noPermission
      case 404, 409, 410: .failure
      case 429, 500...: .temporaryFailure
      default: .badInput
      }
    return CommandError(code, response.status == 401 ? words + " (set ROOST_TOKEN)" : words)
  }

  /// A problem document (RFC 9457) in one line.
  static func problemText(_ problem: JSONValue) -> String {
    let title = problem["title"]?.stringValue
    let detail = problem["detail"]?.stringValue
    let violations = (problem["errors"]?.arrayValue ?? []).compactMap { item -> String? in
      guard let message = item["message"]?.stringValue ?? item["detail"]?.stringValue else { return nil }
      return item["pointer"]?.stringValue.map { "\($0): \(message)" } ?? message
    }
    // The server's own sentence is often that of the first violation.
    let lead = (detail ?? title).flatMap { violations.contains($0) ? nil : $0 }
    let said = ([lead] + violations).compactMap { $0 }.joined(separator: "; ")
    return DisplayText.printable(said.isEmpty ? "the server refused" : said)
  }
}
