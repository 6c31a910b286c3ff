import Telemetry

/// Carries a stream's events into its buffer, and keeps it alive with heartbeats.
struct StreamPump: Sendable {
  let stream: ServerSentEventStream
  let buffer: StreamBuffer
  let logger: Logger

  /// Returns when the source has ended, the client is gone or the task is cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.feed() }
      group.addTask { await self.beat() }
      // Either one's end is the stream's: the source has no more, or nobody reads.
      await group.next()
      group.cancelAll()
    }
  }

  private func feed() async {
    do {
      // The first bytes make the client's side open at once.
      var opening = Array(":\n\n".utf8)
      if let retry = stream.retry {
        let (seconds, attoseconds) = retry.components
        opening = Array("retry: \(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)\n\n".utf8)
      }
      try await buffer.add(opening)
      try await stream.produce { event in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(event.data.count + 64)
        event.write(to: &bytes)
        try await buffer.add(bytes)
      }
      buffer.finish()
    } catch is CancellationError {
      buffer.finish()
    } catch {
      logger.error("an event stream ended with an error", metadata: ["error": "\(error)"])
      buffer.finish(comment: "the stream ended with an error")
    }
  }

  private func beat() async {
    while true {
      do {
        try await Task.sleep(for: min(stream.heartbeat, stream.stallLimit))
      } catch {
        return
      }
      switch buffer.beat() {
      case .goesOn: continue
      case .over: return
      case .dropped:
        logger.notice("an event stream's client was dropped: it takes nothing")
        return
      }
    }
  }
}
