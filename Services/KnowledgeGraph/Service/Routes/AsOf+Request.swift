import RuntimeHost

extension AsOf {
  /// Reads `valid_at` and `known_at`, which the operation declares by ``parameters``.
  init(_ request: HTTPRequest) throws(Problem) {
    validAt = try Self.time("valid_at", request)
    knownAt = try Self.time("known_at", request)
  }

  static let parameters: [Parameter] = [
    .query(
      "valid_at", .string(format: .dateTime), description: "Only facts that held then; whenever they hold without it"),
    .query("known_at", .string(format: .dateTime), description: "What was believed then; now without it"),
  ]

  private static func time(_ name: String, _ request: HTTPRequest) throws(Problem) -> Timestamp? {
    guard let text = request.query[name] else { return nil }
    do throws(TimestampError) { return try Timestamp(parsing: text) } catch {
      throw .badRequest("The query parameter \(name) is not a time: \(error).")
    }
  }
}
