import Events
import HTTPClient
import JSON

/// Roost's HTTP API, as the command uses it: an answer is a document, everything else is a `CommandError` with one
/// line that says what to do.
struct APIClient: Sendable {
  static let defaultBase = "http://127.0.0.1:8080"

  let base: String
  private let token: String?
  private let http: HTTPClient

  init(base: String, token: String?, http: HTTPClient) throws(CommandError) {
    var base = base
    if !base.contains("://") { base = "http://" + base }
    while base.hasSuffix("/") { base.removeLast() }
    guard base.hasPrefix("http://") || base.hasPrefix("https://") else {
      throw .usage("\(base) is not an address of a server: it must be http:// or https://")
    }
    self.base = base
    self.token = token
    self.http = http
  }

  func get(_ path: String, _ query: [(String, String?)] = []) async throws(CommandError) -> JSONValue {
    try await document(call("GET", path, query))
  }

  func post(_ path: String, _ body: JSONValue? = nil, headers: [HTTPClientField] = []) async throws(CommandError)
    -> JSONValue
  {
    try await document(call("POST", path, body: body, headers: headers))
  }

  @discardableResult
  func delete(_ path: String) async throws(CommandError) -> JSONValue {
    try await document(call("DELETE", path))
  }

  /// Every item of a list, page by page, up to a limit.
  func items(_ path: String, _ query: [(String, String?)] = [], limit: Int) async throws(CommandError) -> [JSONValue] {
    var items: [JSONValue] = []
    var cursor: String?
    repeat {
      let page = try await get(
        path, query + [("limit", String(min(limit - items.count, 1000))), ("cursor", cursor)])
      items += try page.list("items")
      cursor = page["next_cursor"]?.stringValue
    } while cursor != nil && items.count < limit
    return items
  }

  /// Sends the call and takes whatever the server answers.
  func call(
    _ method: String, _ path: String, _ query: [(String, String?)] = [], body: JSONValue? = nil,
    headers: [HTTPClientField] = [], timeout: Duration = .seconds(30)
  ) async throws(CommandError) -> HTTPClientResponse {
    do throws(HTTPClientError) {
      return try await http.json(
        body, to: base + path + URLText.query(query), method: method, headers: headers + authorization,
        timeout: timeout)
    } catch {
      throw failure(error)
    }
  }

  /// The server's events, from one connection. A lost connection throws `HTTPClientError` of that kind.
  ///
  /// - Parameter onOpen: Called once the stream has begun.
  func events(
    pattern: String, fromBeginning: Bool, after lastEventID: String?, onOpen: @escaping @Sendable () -> Void = {}
  ) -> some AsyncSequence<HTTPClientEvent, any Error> & Sendable {
    let query = URLText.query([("pattern", pattern), ("from", fromBeginning ? "beginning" : nil)])
    let resume = lastEventID.map { [HTTPClientField("Last-Event-ID", $0)] } ?? []
    // The server sends a comment every few seconds, so a minute of silence is a connection that is gone.
    return http.events(
      from: HTTPClientRequest(
        url: base + "/v1/events" + query, headers: resume + authorization, timeout: .seconds(60)),
      onOpen: onOpen)
  }

  private func document(_ response: HTTPClientResponse) throws(CommandError) -> JSONValue {
    guard response.isSuccess else { throw Self.refusal(response) }
    do throws(JSONError) {
      return response.body.isEmpty ? .null : try response.json()
    } catch {
      throw CommandError(.internalError, "the server at \(base) answered something that is no JSON: \(error)")
    }
  }

  private var authorization: [HTTPClientField] {
    token.map { [HTTPClientField("Authorization", "Bearer \($0)")] } ?? []
  }
}
