/// Where a list of several services' failed deliveries goes on: behind the last one of each.
struct FailedDeliveryCursor: Sendable {
  private var lasts: [String: String] = [:]

  /// - Throws: A 400 when the cursor is of another list.
  init(_ cursor: Cursor?) throws(Problem) {
    let parts = cursor?.parts ?? []
    guard parts.count.isMultiple(of: 2) else { throw Problem.badRequest("The cursor is not one of this list.") }
    for index in stride(from: 0, to: parts.count, by: 2) { lasts[parts[index]] = parts[index + 1] }
  }

  /// The id of the last one of that service that was shown.
  subscript(service: String) -> String? {
    get { lasts[service] }
    set { lasts[service] = newValue }
  }

  var cursor: Cursor { Cursor(lasts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }) }
}
