import JSON

/// A request whose body has come in whole and, when its operation says so, has been checked.
public struct HTTPRequest: Sendable {
  public var method: HTTPMethod
  /// The path as it came, without the query and not percent-decoded.
  public var path: String
  public var query: QueryParameters
  public var headers: HTTPHeaders
  public var body: [UInt8]
  /// The values of the route's `{name}` segments, percent-decoded.
  public var parameters: [String: String]
  /// The template of the route that matched, for example `/v1/memories/{memory_id}`.
  public var route: String
  /// The body as the operation's check has read it, so that it is not read twice.
  var checkedBody: JSONValue?

  public init(
    method: HTTPMethod, path: String, query: QueryParameters = .init(), headers: HTTPHeaders = .init(),
    body: [UInt8] = [], parameters: [String: String] = [:], route: String = ""
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.parameters = parameters
    self.route = route
  }

  /// The body as JSON. Throws a 400 with the byte offset when it is malformed or nested too deep.
  public func json() throws(Problem) -> JSONValue {
    if let checkedBody { return checkedBody }
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw Problem(
        .badRequest, type: "malformed-json", detail: "The body is not valid JSON: \(error.description)",
        members: ["offset": .integer(Int64(error.offset))])
    }
  }

  /// A path parameter that the route is sure to have; a 400 when it is missing after all.
  public func parameter(_ name: String) throws(Problem) -> String {
    guard let value = parameters[name] else { throw Problem.badRequest("The path parameter \(name) is missing.") }
    return value
  }

  /// The id after which an event stream goes on: the `Last-Event-ID` header.
  public var lastEventID: String? { headers["last-event-id"].flatMap { $0.isEmpty ? nil : $0 } }
}
