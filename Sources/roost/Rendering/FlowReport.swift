/// A flow as the command prints it: a line about the whole, and its timeline.
struct FlowReport: Sendable {
  private let flow: Flow

  init(_ flow: Flow) { self.flow = flow }

  func lines(width: Int, style: Style = .plain) -> [String] {
    let timeline = FlowTimeline(flow)
    let events = Figures.count(flow.events.count, "event", "events")
    let head = "\(style.bold(flow.correlationID))  \(flow.status)  \(events)  "
    return [head + Figures.milliseconds(timeline.duration)] + timeline.render(width: width, style: style)
  }
}
