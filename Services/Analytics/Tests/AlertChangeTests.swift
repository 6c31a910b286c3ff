import RuntimeHost
import Testing

@testable import AnalyticsService

@Suite("Alerts")
struct AlertChangeTests {
  private let start = Timestamp(microsecondsSinceEpoch: 1_000_000_000)

  private func condition(_ subject: String) -> AlertCondition {
    AlertCondition(kind: .eventRateSpike, subject: subject, severity: "warning", details: [:])
  }

  private func alert(_ subject: String, announced: Timestamp, held: Timestamp) -> Alert {
    Alert(
      id: "alert_\(subject)", kind: AlertCondition.Kind.eventRateSpike.rawValue, subject: subject, severity: "warning",
      details: [:], openedAt: start, heldAt: held, announcedAt: announced, announcements: 1)
  }

  private func changes(_ open: [Alert], _ conditions: [AlertCondition], after seconds: Int) -> [AlertChange] {
    AlertChange.between(
      open: open, and: conditions, at: start + .seconds(seconds), repeatAfter: .seconds(900),
      resolveAfter: .seconds(300))
  }

  @Test("a new condition opens an alert, once however often it is named")
  func opens() {
    #expect(changes([], [condition("a"), condition("a")], after: 0) == [.open(condition("a"))])
  }

  @Test("an open alert is not announced on every look, and again when the interval is over")
  func repeats() {
    let open = alert("a", announced: start, held: start)
    #expect(changes([open], [condition("a")], after: 899) == [.hold(alertID: "alert_a", condition("a"))])
    #expect(changes([open], [condition("a")], after: 900) == [.announceAgain(alertID: "alert_a", condition("a"))])
  }

  @Test("an alert resolves when its condition has been gone for long enough, and not before")
  func resolves() {
    let open = alert("a", announced: start, held: start)
    #expect(changes([open], [], after: 299).isEmpty)
    #expect(changes([open], [], after: 300) == [.resolve(alertID: "alert_a")])
  }

  @Test("alerts of one kind about different things do not touch each other")
  func subjects() {
    let open = alert("a", announced: start, held: start)
    let found = changes([open], [condition("b")], after: 400)
    #expect(found == [.open(condition("b")), .resolve(alertID: "alert_a")])
  }

  @Test("a clock that went backwards resolves nothing and repeats nothing")
  func clockBackwards() {
    let open = alert("a", announced: start, held: start)
    #expect(changes([open], [], after: -10_000).isEmpty)
    #expect(changes([open], [condition("a")], after: -10_000) == [.hold(alertID: "alert_a", condition("a"))])
  }

  @Test("a webhook is tried again after growing waits, up to an hour")
  func webhookWaits() {
    #expect(
      (1...12).map { AlertWebhook.wait(after: $0) } == [
        .seconds(5), .seconds(10), .seconds(20), .seconds(40), .seconds(80), .seconds(160), .seconds(320),
        .seconds(640),
        .seconds(1280), .seconds(2560), .seconds(3600), .seconds(3600),
      ])
  }
}
