/// One line that says how far something is.
struct ProgressBar: Sendable {
  /// What is counted: `memories`.
  let unit: String

  /// - Parameters:
  ///   - done: How many are finished.
  ///   - fraction: How much of the whole that is, from 0 to 1.
  ///   - elapsed: Since the beginning.
  ///   - width: Of the terminal, in columns.
  func line(done: Int, fraction: Double, elapsed: Duration, width: Int) -> String {
    let fraction = min(max(fraction, 0), 1)
    let percent = DisplayText.rightAligned("\(Int(fraction * 100))%", to: 4)
    var text = "\(percent)  \(Figures.count(done)) \(unit)  \(Figures.rate(done, in: elapsed))"
    if fraction > 0, fraction < 1 {
      let left = Int((elapsed * (1 - fraction) / fraction) / .seconds(1))
      if left >= 1 { text += "  " + Figures.age(.seconds(left)) + " left" }
    }
    let room = min(40, width - 1 - DisplayText.width(text) - 2)
    return room >= 8 ? Self.bar(fraction, width: room) + "  " + text : DisplayText.truncated(text, to: width - 1)
  }

  /// A bar of exactly that many columns, filled to an eighth of one.
  static func bar(_ fraction: Double, width: Int) -> String {
    let eighths = Int((min(max(fraction, 0), 1) * Double(width * 8)).rounded(.down))
    let full = eighths / 8
    var bar = String(repeating: "█", count: full)
    if full < width {
      bar += ["░", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
      bar += String(repeating: "░", count: width - full - 1)
    }
    return bar
  }
}
