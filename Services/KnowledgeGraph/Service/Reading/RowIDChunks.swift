import RuntimeHost

/// Runs a query for many row ids, some at a time: the statement's text is always the same, so it stays prepared.
struct RowIDChunks {
  private static let size = 64
  /// The placeholders for one chunk: `?,?,...`.
  static let placeholders = Array(repeating: "?", count: size).joined(separator: ",")

  let rowIDs: [Int64]

  init(_ rowIDs: some Sequence<Int64>) { self.rowIDs = Array(rowIDs) }

  /// Calls `body` with the values for each chunk's placeholders until it returns false.
  func forEach(_ body: ([DatabaseValue]) throws -> Bool) rethrows {
    for start in stride(from: 0, to: rowIDs.count, by: Self.size) {
      let chunk = rowIDs[start..<min(start + Self.size, rowIDs.count)]
      var values = chunk.map(DatabaseValue.integer)
      // The last id once more finds nothing more.
      while values.count < Self.size { values.append(.integer(chunk[chunk.endIndex - 1])) }
      guard try body(values) else { return }
    }
  }
}
