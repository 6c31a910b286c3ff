import Events

/// A flow as a causal tree: each event under the one that caused it, with its time since the first and a bar from
/// its cause to itself. The bars of the path that took longest are full, the others light.
struct FlowTimeline: Sendable {
  private struct Line {
    var event: Flow.Event
    var prefix: String
    /// Milliseconds since the flow's first event.
    var cause: Double
    var offset: Double
  }

  private let flow: Flow
  private var lines: [Line] = []

  init(_ flow: Flow) {
    self.flow = flow
    guard let first = flow.events.map(\.time).min() else { return }
    let ids = Set(flow.events.map(\.id))
    var effects: [String: [Flow.Event]] = [:]
    var roots: [Flow.Event] = []
    for event in flow.events {
      if let cause = event.causationID, ids.contains(cause), cause != event.id {
        effects[cause, default: []].append(event)
      } else {
        roots.append(event)
      }
    }
    var shown: Set<String> = []
    func offset(_ event: Flow.Event) -> Double { (event.time - first) / .milliseconds(1) }
    func add(_ event: Flow.Event, cause: Double?, lead: String, branch: String) {
      guard shown.insert(event.id).inserted else { return }
      let own = offset(event)
      lines.append(Line(event: event, prefix: lead + branch, cause: cause ?? own, offset: own))
      let below = lead + (branch.isEmpty ? "" : branch == "└─ " ? "   " : "│  ")
      let children = effects[event.id] ?? []
      for (index, child) in children.enumerated() {
        add(child, cause: own, lead: below, branch: index == children.count - 1 ? "└─ " : "├─ ")
      }
    }
    for root in roots { add(root, cause: nil, lead: "", branch: "") }
    // Causes that form a ring hang from no root; they are told all the same.
    for event in flow.events { add(event, cause: nil, lead: "", branch: "") }
  }

  /// Milliseconds from the first event to the last.
  var duration: Double { lines.map(\.offset).max() ?? 0 }

  func render(width: Int, style: Style = .plain) -> [String] {
    let labels = lines.map { $0.prefix + $0.event.type }
    let times = lines.map { Figures.milliseconds($0.offset) }
    let timeWidth = times.map(DisplayText.width).max() ?? 0
    let labelWidth = min(labels.map(DisplayText.width).max() ?? 0, max(20, width - timeWidth - 4 - 12))
    let barWidth = min(40, width - labelWidth - timeWidth - 4)
    return lines.indices.map { index in
      let line = lines[index]
      let isLongest = flow.longestPath.contains(line.event.id)
      let label = DisplayText.padded(DisplayText.truncated(labels[index], to: labelWidth), to: labelWidth)
      let time = DisplayText.rightAligned(times[index], to: timeWidth)
      let bar = bar(from: line.cause, to: line.offset, width: barWidth, fill: isLongest ? "█" : "▒")
      return "\(isLongest ? style.bold(label) : label)  \(style.dim(time))  \(isLongest ? style.cyan(bar) : bar)"
    }
  }

  private func bar(from start: Double, to end: Double, width: Int, fill: Character) -> String {
    guard width > 0 else { return "" }
    let scale = duration > 0 ? Double(width) / duration : 0
    // An event may carry an earlier time than its cause where two machines' clocks differ.
    let (start, end) = (min(start, end), max(start, end))
    let first = min(Int(start * scale), width - 1)
    let last = min(max(Int((end * scale).rounded(.up)), first + 1), width)
    let isMoment = end - start == 0
    return String(repeating: " ", count: first)
      + (isMoment ? "▏" : String(repeating: fill, count: last - first))
  }
}
