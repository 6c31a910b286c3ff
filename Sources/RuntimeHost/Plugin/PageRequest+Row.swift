extension PageRequest {
  /// The row behind which a list ordered by one number goes on; nil at its start.
  public var rowID: Int64? {
    get throws(Problem) {
      guard let cursor else { return nil }
      guard cursor.parts.count == 1, let rowID = Int64(cursor.parts[0]) else {
        throw Problem.badRequest("The cursor is not one of this list.")
      }
      return rowID
    }
  }

  /// The page of a list that was read with one item more than the limit.
  ///
  /// - Parameter found: Each item with the number that the list goes on behind.
  public func answer<Item>(_ found: [(Item, Int64)], _ show: (Item) -> JSONValue) -> HTTPResponse {
    let shown = found.prefix(limit)
    return Page.response(
      items: shown.map { show($0.0) }, next: found.count > limit ? shown.last.map { Cursor(["\($0.1)"]) } : nil)
  }
}
