import JSON

/// What went wrong, as RFC 9457 has it. A handler that throws one answers with it as `application/problem+json`.
///
/// Everything in it is shown to the client: no inner detail, no secret.
public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
  public var status: HTTPStatus
  /// A URI reference that names the kind of problem; `about:blank` when the status says it all.
  public var type: String
  /// The kind in a few words; the status' phrase by default.
  public var title: String
  /// This occurrence in one sentence.
  public var detail: String?
  /// Further members, for example `offset` or `errors`.
  public var members: JSONObject
  /// Header fields of the answer, for example `Retry-After`.
  public var headers: HTTPHeaders

  public init(
    _ status: HTTPStatus, type: String = "about:blank", title: String? = nil, detail: String? = nil,
    members: JSONObject = [:], headers: HTTPHeaders = .init()
  ) {
    self.status = status
    self.type = type
    self.title = title ?? status.reason
    self.detail = detail
    self.members = members
    self.headers = headers
  }

  public static func badRequest(_ detail: String) -> Problem { Problem(.badRequest, detail: detail) }
  public static func notFound(_ detail: String) -> Problem { Problem(.notFound, detail: detail) }
  public static func conflict(_ detail: String) -> Problem { Problem(.conflict, detail: detail) }

  /// A 422 that says what in the body is wrong, and where.
  public static func invalid(_ violations: [Violation]) -> Problem {
    let errors = violations.map { violation in
      JSONValue.object([
        "pointer": .string(violation.pointer), "keyword": .string(violation.keyword),
        "detail": .string(violation.message),
      ])
    }
    let first = violations.first.map { "\($0.pointer.isEmpty ? "The body" : $0.pointer): \($0.message)" }
    return Problem(
      .unprocessableContent, type: "invalid-body", title: "The body does not match its schema", detail: first,
      members: ["errors": .array(errors)])
  }

  /// The document that is sent.
  public var document: JSONValue {
    var object: JSONObject = [:]
    object["type"] = .string(type)
    object["title"] = .string(title)
    object["status"] = .integer(Int64(status.code))
    if let detail { object["detail"] = .string(detail) }
    for (key, value) in members where object[key] == nil { object[key] = value }
    return .object(object)
  }

  /// The answer that is sent.
  public var response: HTTPResponse {
    var headers = headers
    headers["Content-Type"] = "application/problem+json"
    return HTTPResponse(status: status, headers: headers, body: .bytes(document.serialized()))
  }

  public var description: String { "\(status.code) \(title)" + (detail.map { ": \($0)" } ?? "") }
}
