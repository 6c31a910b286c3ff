import RuntimeHost

/// What the event monitor is set to.
struct AnalyticsSettings: Sendable {
  /// A flow that takes longer is slow.
  var slowFlow = Duration.seconds(10)
  /// A flow is complete when nothing more of it came for so long.
  var flowQuiet = Duration.seconds(30)
  /// How long flows are kept after their last event.
  var flowRetention = Duration.seconds(24 * 3600)
  /// How many flows are kept at most; the oldest go first.
  var flowLimit = 50_000
  /// How many of a flow's events are kept at most; further ones are counted only.
  var flowEventLimit = 1_000
  var spikes = SpikeRule()
  /// An alert that stays open is announced again after so long.
  var alertRepeat = Duration.seconds(15 * 60)
  /// An alert is resolved when its condition has not held for so long.
  var alertResolveAfter = Duration.seconds(5 * 60)
  var webhookURL: String?
  var webhookToken: String?

  init() {}

  init(_ configuration: ServiceConfiguration) throws {
    slowFlow = try configuration.duration("slow_flow") ?? slowFlow
    flowQuiet = try configuration.duration("flow_quiet") ?? flowQuiet
    flowRetention = try configuration.duration("flow_retention") ?? flowRetention
    flowLimit = try configuration.int("flow_limit") ?? flowLimit
    spikes.factor = try configuration.double("spike_factor") ?? spikes.factor
    spikes.minimumPerMinute = try configuration.double("spike_minimum") ?? spikes.minimumPerMinute
    alertRepeat = try configuration.duration("alert_repeat") ?? alertRepeat
    alertResolveAfter = try configuration.duration("alert_resolve_after") ?? alertResolveAfter
    webhookURL = configuration.string("webhook_url")
    webhookToken = configuration.string("webhook_token")
  }

  static let declared: [ServiceSetting] = [
    ServiceSetting("slow_flow", default: "10s", help: "A flow that takes longer raises an alert"),
    ServiceSetting("flow_quiet", default: "30s", help: "A flow is complete when it was quiet for so long"),
    ServiceSetting("flow_retention", default: "24h", help: "How long a flow is kept after its last event"),
    ServiceSetting("flow_limit", default: "50000", help: "How many flows are kept; the oldest go first"),
    ServiceSetting("spike_factor", default: "3", help: "A rate so many times its baseline is a spike"),
    ServiceSetting("spike_minimum", default: "10", help: "A rate below this, in events a minute, is never a spike"),
    ServiceSetting("alert_repeat", default: "15m", help: "An open alert is announced again after so long"),
    ServiceSetting("alert_resolve_after", default: "5m", help: "An alert resolves when its cause is gone for so long"),
    ServiceSetting("webhook_url", help: "Where alerts are posted as JSON; none when it is not set"),
    ServiceSetting("webhook_token", isSecret: true, help: "Sent to the webhook as a bearer token"),
  ]
}
