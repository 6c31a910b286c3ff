import AnalyticsEvents
import RuntimeHost

/// The event monitor: what happens, how fast, how long a flow takes, and an alert when something is wrong.
public struct AnalyticsService: ServicePlugin {
  public static let name = "analytics"
  public static let publishes = AnalyticsContract.events
  public static let settings = AnalyticsSettings.declared

  private let settings: AnalyticsSettings

  public init(configuration: ServiceConfiguration) throws {
    settings = try AnalyticsSettings(configuration)
  }

  public func register(in service: inout ServiceRegistration) {
    service.migrations(AnalyticsSchema.all)
    let monitor = EventMonitor(settings: settings)
    // Every event of the platform comes by here: one transaction each would cost more than what is counted.
    service.on(["*"], name: "monitor", options: HandlerOptions(concurrency: 64), batch: 64) { events, context in
      try await context.transaction { tx in try monitor.watch(events, in: tx) }
    }
    let sweep = MonitorSweep(settings: settings)
    service.background("sweep") { context in
      while !Task.isCancelled {
        if context.hasTurn(at: "sweep") { try await sweep.run(context) }
        try await context.clock.sleep(for: .seconds(1))
      }
    }
    if let url = settings.webhookURL {
      let webhook = AlertWebhook(url: url, token: settings.webhookToken)
      service.background("alert-webhook") { context in
        while !Task.isCancelled {
          if context.hasTurn(at: "alert-webhook") { try await webhook.sendDue(context) }
          try await context.clock.sleep(for: .seconds(1))
        }
      }
    }
    let routes = AnalyticsRoutes(settings: settings)
    service.routes { routes.add(to: &$0) }
  }
}
