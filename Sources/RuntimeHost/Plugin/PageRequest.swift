/// Which part of a list a client asks for.
public struct PageRequest: Sendable {
  public static let limits = 1...1_000
  public static let defaultLimit = 50

  /// The most items to answer with.
  public let limit: Int
  /// Where to go on; nil at the list's start.
  public let cursor: Cursor?

  /// Reads `limit` and `cursor`, which the operation declares by ``parameters``.
  public init(_ request: HTTPRequest) throws(Problem) {
    limit = try request.query.int("limit") ?? Self.defaultLimit
    guard Self.limits.contains(limit) else {
      throw Problem.badRequest("limit must lie from \(Self.limits.lowerBound) to \(Self.limits.upperBound).")
    }
    if let text = request.query["cursor"] { cursor = try Cursor(parsing: text) } else { cursor = nil }
  }

  /// For an operation that answers with a list.
  public static let parameters: [Parameter] = [
    .query(
      "limit", .integer(minimum: Int64(limits.lowerBound), maximum: Int64(limits.upperBound)),
      description: "The most items to answer with; \(defaultLimit) when it is not given"),
    .query("cursor", .string(minLength: 1, maxLength: 1_024), description: "The `next_cursor` of the page before"),
  ]
}
