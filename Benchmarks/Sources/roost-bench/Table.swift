/// Rows as aligned columns.
struct Table {
  var title: String
  var rows: [Row]

  var text: String {
    let cells =
      [["", "ours", "yardstick", "ratio", ""]]
      + rows.map { row in
        guard let yardstick = row.yardstick else { return [row.what, Self.number(row.ours) + row.unit, "", "", ""] }
        let ratio = (row.ours / yardstick.figure * 100).rounded() / 100
        return [
          row.what, Self.number(row.ours) + row.unit, Self.number(yardstick.figure) + row.unit, "\(ratio)x",
          yardstick.name,
        ]
      }
    let widths = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.map { line in
      line.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - line[column].count)
        return column == 0 || column == 4 ? line[column] + padding : padding + line[column]
      }.joined(separator: "  ")
    }
    return ([title] + lines).joined(separator: "\n")
  }

  /// 1234567.8 as "1 234 568", 3.14159 as "3.1".
  private static func number(_ value: Double) -> String {
    guard value >= 100 else { return "\((value * 10).rounded() / 10)" }
    let digits = Array(String(Int(value.rounded())))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += " " }
      text.append(digit)
    }
    return text
  }
}
