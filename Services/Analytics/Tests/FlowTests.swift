import RuntimeHost
import Testing

@testable import AnalyticsService

@Suite("Flows")
struct FlowTests {
  private func entry(_ id: String, at milliseconds: Int64, cause: String? = nil) -> Flow.Entry {
    Flow.Entry(
      id: id, type: "test.\(id)", timestamp: Timestamp(microsecondsSinceEpoch: milliseconds * 1_000),
      causationID: cause,
      envelope: [])
  }

  @Test("an event follows the one that caused it, in whatever order they arrived and whatever their clocks say")
  func causalOrder() {
    let flow = Flow(arrived: [
      entry("c", at: 5, cause: "b"), entry("b", at: 20, cause: "a"), entry("a", at: 10), entry("d", at: 30, cause: "a"),
    ])
    #expect(flow.events.map(\.id) == ["a", "b", "c", "d"])
  }

  @Test("an event whose cause is missing stands at its place in time")
  func missingCause() {
    let flow = Flow(arrived: [
      entry("late", at: 50, cause: "gone"), entry("a", at: 10), entry("early", at: 5, cause: "x"),
    ])
    #expect(flow.events.map(\.id) == ["early", "a", "late"])
  }

  @Test("causes that go round in a circle lose no event and end")
  func circle() {
    let flow = Flow(arrived: [
      entry("a", at: 1, cause: "b"), entry("b", at: 2, cause: "a"), entry("self", at: 3, cause: "self"),
    ])
    #expect(Set(flow.events.map(\.id)) == ["a", "b", "self"])
    #expect(flow.longestPath != nil)
  }

  @Test("an event that arrived twice stands there once")
  func duplicates() {
    let flow = Flow(arrived: [entry("a", at: 1), entry("a", at: 1), entry("b", at: 2, cause: "a")])
    #expect(flow.events.map(\.id) == ["a", "b"])
  }

  @Test("the longest path is the chain that ended last, with the time from its first cause")
  func longestPath() {
    let flow = Flow(arrived: [
      entry("a", at: 0), entry("quick", at: 100, cause: "a"), entry("slow", at: 40, cause: "a"),
      entry("end", at: 900, cause: "slow"),
    ])
    #expect(flow.longestPath == Flow.LongestPath(eventIDs: ["a", "slow", "end"], duration: .milliseconds(900)))
    #expect(flow.duration == .milliseconds(900))
  }

  @Test("a flow of ten thousand events in one chain is put in order without deep recursion")
  func longChain() {
    let chain = (0..<10_000).map { entry("\($0)", at: Int64($0), cause: $0 == 0 ? nil : "\($0 - 1)") }
    let flow = Flow(arrived: chain.reversed())
    #expect(flow.events.map(\.id) == chain.map(\.id))
  }
}
