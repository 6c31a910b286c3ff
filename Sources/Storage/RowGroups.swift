/// Rows in groups of 64, 32, 16, 8, 4, 3, 2 or 1, the largest first, so that statements of many rows have few different texts and
/// stay prepared.
///
///     for group in RowGroups(rows.count) {
///       try tx.enqueue("INSERT INTO counts (name, count) VALUES \(group.placeholders("(?, ?)"))", ...)
///     }
public struct RowGroups: Sequence, IteratorProtocol, Sendable {
  /// Positions of rows that one statement takes.
  public struct Group: Sendable {
    public let rows: Range<Int>

    /// A row's placeholders once for each row, separated by `separator`.
    public func placeholders(_ row: String, separator: String = ", ") -> String {
      var text = row
      text.reserveCapacity((row.utf8.count + separator.utf8.count) * rows.count)
      for _ in rows.dropFirst() {
        text += separator
        text += row
      }
      return text
    }
  }

  private static let largest = 64

  private var position = 0
  private let count: Int

  public init(_ count: Int) { self.count = count }

  public mutating func next() -> Group? {
    guard position < count else { return nil }
    var size = Self.largest
    while size > count - position { size = size > 4 ? size / 2 : size - 1 }
    defer { position += size }
    return Group(rows: position..<position + size)
  }
}
