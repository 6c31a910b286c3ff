import AnalyticsEvents
import RuntimeHost

/// What the monitor does by the clock: ends quiet flows, lets alerts open, repeat and resolve, and forgets what is old.
struct MonitorSweep: Sendable {
  /// Rows that one transaction takes at most, so that events never wait long behind it.
  static let batch = 500

  let settings: AnalyticsSettings
  private let flows: FlowStore
  private let alerts = AlertStore()

  init(settings: AnalyticsSettings) {
    self.settings = settings
    flows = FlowStore(eventLimit: settings.flowEventLimit)
  }

  /// Does all of it once.
  func run(_ context: ServiceContext) async throws {
    try await completeFlows(context)
    try await reviewAlerts(context)
    try await forget(context)
  }

  /// Ends every flow that has been quiet long enough and says so.
  func completeFlows(_ context: ServiceContext) async throws {
    var completed = Self.batch
    while completed == Self.batch {
      try Task.checkCancellation()
      completed = try await context.transaction { tx in
        let done = try flows.completeQuiet(since: tx.now - settings.flowQuiet, limit: Self.batch, in: tx)
        for flow in done {
          var metadata = EventMetadata()
          metadata.correlationID = flow.correlationID
          try tx.publish(
            AnalyticsFlowCompleted(
              correlationID: flow.correlationID, eventCount: flow.eventCount,
              durationSeconds: max(0, flow.duration / .seconds(1)), status: flow.status.rawValue,
              finalEvent: flow.finalType), metadata: metadata)
        }
        return done.count
      }
    }
  }

  /// Compares the open alerts with what is wrong now.
  func reviewAlerts(_ context: ServiceContext) async throws {
    let now = context.clock.now()
    let isQuiet = try await context.read { tx in
      try alerts.open(in: tx).isEmpty && AlertConditions(settings: settings).read(at: now, in: tx).isEmpty
    }
    if isQuiet { return }
    try await context.transaction { tx in
      let changes = AlertChange.between(
        open: try alerts.open(in: tx.database),
        and: try AlertConditions(settings: settings).read(at: tx.now, in: tx.database), at: tx.now,
        repeatAfter: settings.alertRepeat, resolveAfter: settings.alertResolveAfter)
      for change in changes { try apply(change, in: tx) }
    }
  }

  private func apply(_ change: AlertChange, in tx: ServiceTransaction) throws {
    switch change {
    case .open(let condition):
      let alert = Alert(
        id: EventID.make(prefix: "alert_", at: tx.now), kind: condition.kind.rawValue, subject: condition.subject,
        severity: condition.severity, details: condition.details, openedAt: tx.now, heldAt: tx.now, announcedAt: tx.now,
        announcements: 1)
      try alerts.insert(alert, in: tx)
      try announce(alert, in: tx)
    case .announceAgain(let alertID, let condition):
      try alerts.hold(alertID, condition, announcing: true, in: tx)
      if let alert = try alerts.find(alertID, in: tx.database) { try announce(alert, in: tx) }
    case .hold(let alertID, let condition):
      try alerts.hold(alertID, condition, announcing: false, in: tx)
    case .resolve(let alertID):
      try alerts.resolve(alertID, in: tx)
      guard let alert = try alerts.find(alertID, in: tx.database) else { return }
      try tx.publish(AnalyticsAlertResolved(alertID: alert.id, alertType: alert.kind, subject: alert.subject))
      try notify(alert, in: tx)
    }
  }

  private func announce(_ alert: Alert, in tx: ServiceTransaction) throws {
    try tx.publish(
      AnalyticsAlertRaised(
        alertID: alert.id, alertType: alert.kind, severity: alert.severity, subject: alert.subject,
        details: .object(alert.details)))
    try notify(alert, in: tx)
  }

  private func notify(_ alert: Alert, in tx: ServiceTransaction) throws {
    if settings.webhookURL != nil { try alerts.enqueue(alert.answer, in: tx) }
  }

  /// Removes flows beyond the limits and folds old counts together.
  func forget(_ context: ServiceContext) async throws {
    var removed = Self.batch
    while removed >= Self.batch {
      try Task.checkCancellation()
      removed = try await context.transaction { tx in
        try flows.remove(
          quietSince: tx.now - settings.flowRetention, keeping: settings.flowLimit, limit: Self.batch, in: tx)
      }
    }
    try await context.transaction { tx in try EventCounts().fold(at: tx.now, in: tx) }
  }
}
