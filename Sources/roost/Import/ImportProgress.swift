/// Shows how far an import is: a bar that is drawn over on a terminal, a plain line now and then elsewhere.
struct ImportProgress {
  private let output: TextOutput
  private let size: Int
  private let isSilent: Bool
  private let bar = ProgressBar(unit: "memories")
  private var reached = 0
  private var lastShown: Duration?
  private var isDrawn = false

  /// - Parameter size: Of the file in bytes; 0 where it is not known.
  init(output: TextOutput, size: Int, isSilent: Bool) {
    self.output = output
    self.size = size
    self.isSilent = isSilent
  }

  /// - Parameter bytes: How far into the file the batch reached. Batches may end in another order than they began.
  mutating func show(done: Int, bytes: Int, elapsed: Duration) throws {
    reached = max(reached, bytes)
    guard !isSilent else { return }
    let pause: Duration = output.isTerminal ? .milliseconds(50) : .seconds(5)
    if let lastShown, elapsed - lastShown < pause { return }
    lastShown = elapsed
    if output.isTerminal {
      let line =
        size > 0
        ? bar.line(
          done: done, fraction: Double(reached) / Double(size), elapsed: elapsed, width: output.width)
        : "\(Figures.count(done)) memories  \(Figures.rate(done, in: elapsed))"
      try output.write("\r\u{1B}[K" + line)
      isDrawn = true
    } else {
      try output.line("\(Figures.count(done)) memories, \(Figures.rate(done, in: elapsed))")
    }
  }

  /// Leaves the line clean for what follows.
  mutating func finish() throws {
    if isDrawn { try output.write("\r\u{1B}[K") }
    isDrawn = false
  }
}
