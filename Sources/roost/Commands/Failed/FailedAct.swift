import JSON

/// An act on many failed deliveries: each id in a call of its own, or one call with a filter.
struct FailedAct: Sendable {
  /// The last part of the route: `retry` or `discard`.
  let verb: String
  /// What the act did, for the line that tells of it: `due again`.
  let done: String
  let selection: FailedSelection
  var fields: JSONObject = [:]

  func run(with client: ClientArguments, in context: CommandContext) async throws -> ExitCode {
    let api = try context.client(client)
    var fields = fields
    fields["actor"] = .string(Self.actor(context.environment))
    var count = 0
    if selection.ids.isEmpty {
      var body = selection.document
      for (key, value) in fields { body[key] = value }
      let answer = try await api.post("/v1/failed-deliveries/\(verb)", .object(body))
      count = answer["count"]?.intValue ?? 0
    }
    for id in selection.ids {
      _ = try await api.post("/v1/failed-deliveries/\(URLText.escaped(id))/\(verb)", .object(fields))
      count += 1
    }
    if client.printsJSON {
      try context.output.document(["count": JSONValue(count)])
    } else {
      try context.output.line("\(Figures.count(count, "delivery", "deliveries")) \(done)")
    }
    return .success
  }

  /// Who acts, for the record that is kept with the delivery.
  static func actor(_ environment: [String: String]) -> String {
    let user = environment["USER"].flatMap { $0.isEmpty ? nil : String($0.prefix(100)) }
    return user.map { "\($0) (roost)" } ?? "roost"
  }
}
