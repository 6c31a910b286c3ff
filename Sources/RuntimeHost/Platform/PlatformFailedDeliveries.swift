/// The failed deliveries of the platform, put together from what its processes say of theirs.
struct PlatformFailedDeliveries: Sendable {
  let answers: [PlatformProcesses.Answer]

  /// The newest of all: each process goes on behind its own last one, as the cursor tells each.
  func page(_ request: HTTPRequest) throws(Problem) -> HTTPResponse {
    let documents = try documents()
    let page = try PageRequest(request)
    var found: [(failedAt: String, id: String, service: String, item: JSONValue)] = []
    var hasMore = false
    for document in documents {
      hasMore = hasMore || document["next_cursor"]?.isNull == false
      for item in document["items"]?.arrayValue ?? [] {
        found.append(
          (
            item["first_failed_at"]?.stringValue ?? "", item["failed_delivery_id"]?.stringValue ?? "",
            item["service"]?.stringValue ?? "", item
          ))
      }
    }
    found.sort { ($0.failedAt, $0.id) > ($1.failedAt, $1.id) }
    let shown = found.prefix(page.limit)
    var lasts = try FailedDeliveryCursor(page.cursor)
    for delivery in shown { lasts[delivery.service] = delivery.id }
    return Page.response(items: shown.map(\.item), next: hasMore || found.count > page.limit ? lasts.cursor : nil)
  }

  /// The answer of the process that has the delivery.
  func one(_ request: HTTPRequest) throws(Problem) -> HTTPResponse {
    var absent: HTTPClientResponse?
    var silent: String?
    for answer in answers {
      switch answer.outcome {
      case .success(let response) where response.status == 404: absent = response
      // Nobody but the one that has it answers otherwise, unless the request is wrong for all.
      case .success(let response) where response.status < 500: return passed(on: response)
      case .success(let response): silent = "\(answer.peer.name) answers \(response.status)"
      case .failure(let reason): silent = "\(answer.peer.name): \(reason)"
      }
    }
    if let silent { throw Self.incomplete(silent) }
    guard let absent else { throw Problem.notFound("There is no such failed delivery.") }
    return passed(on: absent)
  }

  /// How many all of them acted on. Processes that answered have done so, also when another did not: the act may be
  /// asked for again.
  func count() throws(Problem) -> HTTPResponse {
    let count = try documents().reduce(0) { $0 + ($1["count"]?.intValue ?? 0) }
    return .json(["count": JSONValue(count)])
  }

  private func documents() throws(Problem) -> [JSONValue] {
    var documents: [JSONValue] = []
    for answer in answers {
      switch answer.outcome {
      case .failure(let reason): throw Self.incomplete("\(answer.peer.name): \(reason)")
      case .success(let response):
        guard response.isSuccess, let document = try? response.json() else {
          guard response.status < 500 else { throw Self.incomplete("\(answer.peer.name) answers \(response.status)") }
          throw problem(of: response)
        }
        documents.append(document)
      }
    }
    return documents
  }

  private func passed(on response: HTTPClientResponse) -> HTTPResponse {
    .bytes(
      response.body, contentType: response.headers["content-type"] ?? "application/json",
      status: HTTPStatus(response.status))
  }

  /// The same problem, as the process put it.
  private func problem(of response: HTTPClientResponse) -> Problem {
    let document = try? response.json()
    var members = document?.objectValue ?? [:]
    for known in ["type", "title", "status", "detail"] { members[known] = nil }
    return Problem(
      HTTPStatus(response.status), type: document?["type"]?.stringValue ?? "about:blank",
      title: document?["title"]?.stringValue, detail: document?["detail"]?.stringValue, members: members)
  }

  private static func incomplete(_ reason: String) -> Problem {
    Problem(
      .serviceUnavailable, type: "part-unavailable", title: "A part of the platform does not answer", detail: reason,
      headers: ["Retry-After": "1"])
  }
}
