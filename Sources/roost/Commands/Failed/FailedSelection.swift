import JSON

/// Which failed deliveries an act is for: ids, or a filter with `--all`.
struct FailedSelection: Sendable {
  static let options: [CommandOption] = [
    .flag("all", "every one that the filters let through"),
    .value("service", "NAME", "only of that service"),
    .value("handler", "NAME", "only of that handler"),
    .value("type", "PATTERN", "only events of that type, such as memory.*"),
    .value("status", "STATUS", "only waiting or only dead ones"),
  ]

  let ids: [String]
  let filter: [(name: String, value: String)]

  init(_ arguments: ParsedArguments) throws(CommandError) {
    ids = arguments.positionals
    filter = [("service", "service"), ("handler", "handler"), ("type", "event_type"), ("status", "status")]
      .compactMap { option, field in arguments.string(option).map { (field, $0) } }
    if ids.isEmpty, !arguments.has("all") {
      throw .usage("ID is missing; --all is for every one that the filters let through")
    }
    if !ids.isEmpty, arguments.has("all") || !filter.isEmpty {
      throw .usage("name ids, or choose with --all and filters, not both")
    }
  }

  var document: JSONObject {
    JSONObject(filter.map { ($0.name, JSONValue.string($0.value)) })
  }
}
