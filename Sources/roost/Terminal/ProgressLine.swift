/// Shows how far something is: a bar that is drawn over on a terminal, a plain line now and then elsewhere.
struct ProgressLine: Sendable {
  private let output: TextOutput
  private let bar: ProgressBar
  private let total: Int
  private let isSilent: Bool
  private var reached = 0
  private var lastShown: Duration?
  private var isDrawn = false

  /// - Parameters:
  ///   - unit: What is counted: `memories`.
  ///   - total: The position at the end, such as a file's size; 0 where it is not known.
  init(output: TextOutput, unit: String, total: Int, isSilent: Bool = false) {
    self.output = output
    bar = ProgressBar(unit: unit)
    self.total = total
    self.isSilent = isSilent
  }

  /// - Parameters:
  ///   - done: How many are finished.
  ///   - position: How far of the total that is. Parts may end in another order than they began.
  ///   - elapsed: Since the beginning.
  mutating func show(done: Int, position: Int, elapsed: Duration) throws {
    reached = max(reached, position)
    guard !isSilent else { return }
    let pause: Duration = output.isTerminal ? .milliseconds(50) : .seconds(5)
    // Something that is over within the pause needs no plain line.
    if let since = lastShown ?? (output.isTerminal ? nil : .zero), elapsed - since < pause { return }
    lastShown = elapsed
    let plain = "\(Figures.count(done)) \(bar.unit)  \(Figures.rate(done, in: elapsed))"
    guard output.isTerminal else { return try output.line(plain) }
    let fraction = Double(reached) / Double(max(total, 1))
    let line = total > 0 ? bar.line(done: done, fraction: fraction, elapsed: elapsed, width: output.width) : plain
    try output.write("\r\u{1B}[K" + line)
    isDrawn = true
  }

  /// Leaves the line clean for what follows.
  mutating func finish() throws {
    if isDrawn { try output.write("\r\u{1B}[K") }
    isDrawn = false
  }
}
