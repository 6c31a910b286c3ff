/// Rows in columns. The last column takes what is left of the width and is cut there.
struct TextTable: Sendable {
  struct Column: Sendable, ExpressibleByStringLiteral {
    let title: String
    let isRightAligned: Bool

    init(stringLiteral title: String) {
      self.title = title
      isRightAligned = false
    }

    static func number(_ title: String) -> Column { Column(title, isRightAligned: true) }

    private init(_ title: String, isRightAligned: Bool) {
      self.title = title
      self.isRightAligned = isRightAligned
    }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: Column...) { self.columns = columns }

  /// - Parameter cells: One for each column; what they hold is made printable here.
  mutating func add(_ cells: String...) { rows.append(cells.map(DisplayText.printable)) }

  /// - Parameter width: `nil` for no limit: what goes to a file is never cut.
  func lines(width: Int?, style: Style = .plain) -> [String] {
    let all = [columns.map(\.title)] + rows
    let widths = columns.indices.map { index in
      all.map { DisplayText.width($0[index]) }.max() ?? 0
    }
    return all.enumerated().map { number, cells in
      var line = ""
      for (index, cell) in cells.enumerated() {
        if index > 0 { line += "  " }
        if columns[index].isRightAligned {
          line += DisplayText.rightAligned(cell, to: widths[index])
        } else {
          line += index == cells.count - 1 ? cell : DisplayText.padded(cell, to: widths[index])
        }
      }
      if let width { line = DisplayText.truncated(line, to: width) }
      while line.last == " " { line.removeLast() }
      return number == 0 ? style.dim(line) : line
    }
  }
}
