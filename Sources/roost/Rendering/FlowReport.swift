/// A flow as the command prints it: a line about the whole, and its timeline.
struct FlowReport: Sendable {
  private let flow: Flow

  init(_ flow: Flow) { self.flow = flow }

  func lines(width: Int, style: Style = .plain) -> [String] {
    let timeline = FlowTimeline(flow)
    let events = Figures.count(flow.events.count, "event", "events")
    let standing = flow.status == "open" ? "open: more may follow" : flow.status
    let whole = "\(events) in \(Figures.milliseconds(timeline.duration))"
    return ["\(style.bold(flow.correlationID))  \(whole)  \(standing)"] + timeline.render(width: width, style: style)
  }
}
