import RuntimeHost

/// What a search asks for. All that is given must hold; at least one of `words` and `entity` is given.
struct SearchQuery: Sendable, Equatable {
  /// Whether one of the words will do.
  enum Match: String, Sendable, CaseIterable {
    /// Any: what has more and rarer ones stands first.
    case any
    case all
  }

  /// The question as the caller wrote it.
  var words: String?
  var match = Match.any
  var entity: String?
  var userID: String?
  var agentID: String?
  /// The first moment of creation that is wanted.
  var from: Timestamp?
  /// The first moment of creation that is no longer wanted.
  var to: Timestamp?
  /// Labels that the memory's own must hold with equal values.
  var filters: JSONObject = [:]

  var hasCriterion: Bool { words != nil || entity != nil }

  /// What the search was narrowed to, as the event has it.
  var narrowing: JSONObject {
    var object: JSONObject = [:]
    if let userID { object["user_id"] = .string(userID) }
    if let agentID { object["agent_id"] = .string(agentID) }
    if let entity { object["entity"] = .string(entity) }
    if let from { object["from"] = .string(from.description) }
    if let to { object["to"] = .string(to.description) }
    if match == .all { object["match"] = .string(match.rawValue) }
    if !filters.isEmpty { object["filters"] = .object(filters) }
    return object
  }

  /// The query as it is kept between pages.
  var stored: JSONValue {
    var object = narrowing
    if let words { object["q"] = .string(words) }
    return .object(object)
  }

  init() {}

  init(stored: JSONValue) throws {
    words = stored["q"]?.stringValue
    match = stored["match"]?.stringValue.flatMap(Match.init) ?? .any
    entity = stored["entity"]?.stringValue
    userID = stored["user_id"]?.stringValue
    agentID = stored["agent_id"]?.stringValue
    from = try stored["from"]?.stringValue.map { try Timestamp(parsing: $0) }
    to = try stored["to"]?.stringValue.map { try Timestamp(parsing: $0) }
    filters = stored["filters"]?.objectValue ?? [:]
  }
}
