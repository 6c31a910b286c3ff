import CPostgres

extension DatabaseError {
  /// What the server answered in place of a result. Bound values are kept out: the server quotes them in the details
  /// of constraints and in the messages of conversions.
  init(postgresql result: OpaquePointer?, sql: String?) {
    func field(_ code: Int) -> String? { PQresultErrorField(result, Int32(code)).map { String(cString: $0) } }
    let state = field(ROOST_PG_SQLSTATE) ?? ""
    var message = field(ROOST_PG_MESSAGE) ?? "the server gave no reason"
    if state.hasPrefix("22"), let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\"") {
      message.replaceSubrange(first...last, with: "\"...\"")
    }
    if Self.detailsAreSafe(state), let detail = field(ROOST_PG_DETAIL) { message += "; \(detail)" }
    if let hint = field(ROOST_PG_HINT) { message += "; \(hint)" }
    let line = message.split(whereSeparator: \.isNewline).joined(separator: "; ")
    self.init(Self.kind(ofState: state), line, sql: sql)
    sqlState = state.isEmpty ? nil : state
  }

  private static func detailsAreSafe(_ state: String) -> Bool {
    ["40", "42", "53", "55", "57"].contains { state.hasPrefix($0) }
  }

  static func kind(ofState state: String) -> Kind {
    switch state {
    case "23505": return .uniqueViolation
    case "23503": return .foreignKeyViolation
    case "25006": return .readOnly
    case "40001", "40P01": return .serializationFailure
    case "53100": return .diskFull
    // A lock that was not to be had in time, a statement that took too long, too many connections, starting or stopping.
    case "55P03", "57014", "53300", "53400": return .busy
    case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04": return .connectionLost
    case "XX001", "XX002": return .corrupt
    case "58030": return .inputOutput
    case "3D000", "3F000": return .cannotOpen
    default: break
    }
    return switch state.prefix(2) {
    case "22", "23", "44": .constraintViolation
    case "42", "0A", "26", "34": .syntax
    case "28": .cannotOpen
    case "08": .connectionLost
    case "53": .busy
    case "58": .inputOutput
    default: .other
    }
  }
}
