import HTTPClient
import JSON

/// Follows the events of the demo's server, prints those of the flows that are shown in full, and lets others wait
/// until flows are complete.
actor DemoFollower {
  private let start: ContinuousClock.Instant
  private let isAlone: Bool
  private let output: TextOutput?
  private var progress: ProgressLine
  private var progressStart: Duration?
  private var record = DemoRecord()
  /// The flow that is shown in full, and since when it runs; `nil` while none is.
  private var shown: (correlationID: String, since: Duration)?
  private var waiter: (count: Int, continuation: CheckedContinuation<Void, Never>)?
  /// The flows that the demo began; of others it takes no notice where others write as well.
  private var flows: Set<String> = []
  private var isOpen = false

  /// - Parameters:
  ///   - isAlone: Whether nobody else writes.
  ///   - output: Where the events of shown flows go; `nil` for nowhere.
  ///   - progress: Shows how many flows are complete, from `showProgress` on.
  init(start: ContinuousClock.Instant, isAlone: Bool, output: TextOutput?, progress: ProgressLine) {
    self.start = start
    self.isAlone = isAlone
    self.output = output
    self.progress = progress
  }

  private var now: Duration { .now - start }

  /// Reads events until the task is cancelled or the stream ends.
  func follow(_ client: APIClient) async throws {
    let events = client.events(pattern: "*", fromBeginning: isAlone, after: nil) {
      Task { await self.open() }
    }
    for try await message in events {
      try take(try JSONValue(parsing: message.data))
    }
  }

  private func take(_ event: JSONValue) throws {
    let time = now
    let flow = event["metadata"]?["correlation_id"]?.stringValue
    guard isAlone || flow.map(flows.contains) ?? false else { return }
    guard record.take(event, at: time) else { return }
    if let shown, let output, flow == shown.correlationID {
      let offset = DisplayText.rightAligned("+" + Figures.duration(time - shown.since), to: 11)
      let type = DisplayText.padded(event["event_type"]?.stringValue ?? "?", to: 26)
      let room = output.isTerminal ? output.width - 41 : 120
      let subject = DisplayText.truncated(EventLine.subject(event), to: room)
      try output.line("\(output.style.dim(offset))  \(output.style.cyan(type))  \(subject)")
    }
    if let progressStart {
      try progress.show(done: record.complete, position: record.complete, elapsed: time - progressStart)
    }
    wake()
  }

  /// A flow of the demo's is about to begin.
  func expect(_ correlationID: String) { flows.insert(correlationID) }

  private func open() {
    isOpen = true
    wake()
  }

  /// Waits until events are told, so that none of the flows to come is missed.
  ///
  /// - Returns: False when the time ran out first.
  func waitUntilOpen(within limit: Duration) async -> Bool {
    if !isOpen { _ = await wait(forComplete: 0, within: limit) }
    return isOpen
  }

  func acknowledge(_ correlationID: String) {
    record.acknowledge(correlationID, at: now)
    wake()
  }

  /// From now on each event of that flow is printed, with its time from here.
  func show(_ correlationID: String) { shown = (correlationID, now) }

  /// From now on no event is printed, but how far the whole is.
  func showProgress() {
    shown = nil
    progressStart = now
  }

  func endProgress() throws {
    progressStart = nil
    try progress.finish()
  }

  /// Waits until so many memories are through the whole flow.
  ///
  /// - Returns: False when the time ran out first.
  func wait(forComplete count: Int, within limit: Duration) async -> Bool {
    let timer = Task {
      try await Task.sleep(for: limit)
      giveUp()
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiter = (count, continuation)
        if Task.isCancelled { giveUp() } else { wake() }
      }
    } onCancel: {
      Task { await giveUp() }
    }
    timer.cancel()
    return record.complete >= count
  }

  var snapshot: DemoRecord { record }

  private func wake() {
    guard let waiter, isOpen, record.complete >= waiter.count else { return }
    giveUp()
  }

  private func giveUp() {
    let continuation = waiter?.continuation
    waiter = nil
    continuation?.resume()
  }
}
