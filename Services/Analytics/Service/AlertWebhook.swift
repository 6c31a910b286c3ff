import RuntimeHost

/// Posts alerts to somebody's address, in the background: a webhook that is slow or away delays no event.
///
/// Each notification is sent until it was taken, with growing waits, and given up after `attemptLimit` attempts. It may
/// arrive twice; its `Idempotency-Key` is then the same.
struct AlertWebhook: Sendable {
  static let attemptLimit = 12

  let url: String
  let token: String?
  var timeout = Duration.seconds(5)

  /// Sends what is due.
  func sendDue(_ context: ServiceContext) async throws {
    while let notification = try await context.read({ [now = context.clock.now()] tx in
      try AlertNotification.firstDue(at: now, in: tx)
    }) {
      try Task.checkCancellation()
      let failure = await send(notification, context)
      if let failure {
        context.logger.warning(
          "The alert webhook did not take a notification",
          metadata: ["notification_id": "\(notification.id)", "error": "\(failure)"])
      }
      let isOver = failure == nil || notification.attempts + 1 >= Self.attemptLimit
      let next = context.clock.now() + Self.wait(after: notification.attempts + 1)
      try await context.transaction { tx in
        if isOver {
          try notification.remove(in: tx.database)
        } else {
          try notification.postpone(until: next, in: tx.database)
        }
      }
    }
  }

  /// 5 s, 10 s, 20 s, ... up to an hour.
  static func wait(after attempts: Int) -> Duration {
    .seconds(min(3600, 5 << min(max(0, attempts - 1), 10)))
  }

  /// What went wrong; nil when the notification was taken.
  private func send(_ notification: AlertNotification, _ context: ServiceContext) async -> String? {
    var headers = [HTTPClientField("Idempotency-Key", notification.id)]
    if let token { headers.append(HTTPClientField("Authorization", "Bearer \(token)")) }
    headers.append(HTTPClientField("Content-Type", "application/json"))
    let request = HTTPClientRequest(
      method: "POST", url: url, headers: headers, body: Array(notification.body.utf8), timeout: timeout)
    do {
      let response = try await context.breaker("alert_webhook").execute { () async throws -> HTTPClientResponse in
        let response = try await HTTPClient.shared.send(request)
        guard response.isSuccess else { throw AlertWebhookRefusal(status: response.status) }
        return response
      }
      return response.isSuccess ? nil : "\(response.status)"
    } catch {
      return "\(error)"
    }
  }
}

/// The webhook answered, and not with success.
struct AlertWebhookRefusal: Error, CustomStringConvertible {
  let status: Int
  var description: String { "it answered with status \(status)" }
}
