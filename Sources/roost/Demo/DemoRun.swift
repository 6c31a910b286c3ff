import Events
import HTTPClient
import JSON
import RuntimeHost

/// One run of the demo against a server that runs already: feeds, follows, and gathers what is to be told.
struct DemoRun: Sendable {
  /// So many flows are shown event by event.
  static let shownFlows = 3
  /// So many memories are sent side by side once the first flows were shown.
  static let sideBySide = 16
  /// The longest that the demo waits without any flow becoming complete.
  static let patience: Duration = .seconds(20)

  let client: APIClient
  let source: DemoSource
  /// Whether nobody else writes: then every event of the server is the demo's.
  let isAlone: Bool
  let output: TextOutput?
  let errors: TextOutput

  func run() async throws -> DemoResult {
    let progress = ProgressLine(
      output: errors, unit: "memories", total: source.texts.count, isSilent: output == nil)
    let follower = DemoFollower(start: .now, isAlone: isAlone, output: output, progress: progress)
    return try await withThrowingTaskGroup(of: DemoResult?.self) { group in
      group.addTask {
        try await follower.follow(client)
        throw CommandError(.internalError, "the server ended the stream of events")
      }
      group.addTask { try await feed(follower) }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  private func feed(_ follower: DemoFollower) async throws -> DemoResult {
    guard await follower.waitUntilOpen(within: Self.patience) else {
      throw CommandError(.temporaryFailure, "the server at \(client.base) does not begin to tell its events")
    }
    let start = ContinuousClock.now
    let shown = source.texts.prefix(Self.shownFlows)
    var ids: [String] = []
    for text in shown {
      let id = EventID.make(prefix: "corr_")
      await follower.show(id)
      try await store(text, id, follower)
      ids.append(id)
      guard await follower.wait(forComplete: ids.count, within: Self.patience) else {
        throw await incomplete(follower)
      }
      try output?.line()
    }
    await follower.showProgress()
    let rest = Array(source.texts.dropFirst(shown.count))
    let bulkStart = ContinuousClock.now
    if !rest.isEmpty {
      try output?.line("… and \(Figures.count(rest.count)) more, \(Self.sideBySide) at a time:")
      try await feedAll(rest, follower)
    }
    let record = await follower.snapshot
    let bulk = rest.isEmpty ? nil : (start + record.lastStepAt) - bulkStart
    return DemoResult(record: record, memories: source.texts.count, bulk: rest.count, bulkTime: bulk, shown: ids)
  }

  private func feedAll(_ texts: [String], _ follower: DemoFollower) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var waiting = texts[...]
      for text in waiting.prefix(Self.sideBySide) {
        group.addTask { try await store(text, EventID.make(prefix: "corr_"), follower) }
      }
      waiting = waiting.dropFirst(Self.sideBySide)
      while try await group.next() != nil {
        guard let text = waiting.popFirst() else { continue }
        group.addTask { try await store(text, EventID.make(prefix: "corr_"), follower) }
      }
    }
    let total = source.texts.count
    var complete = await follower.snapshot.complete
    while complete < total {
      // The patience is for one flow more, not for all that are left.
      guard await follower.wait(forComplete: complete + 1, within: Self.patience) else {
        throw await incomplete(follower)
      }
      complete = await follower.snapshot.complete
    }
    try await follower.endProgress()
    try output?.line(
      "\(ProgressBar.bar(1, width: 24))  \(Figures.count(complete, "memory is", "memories are")) in the graph")
  }

  /// - Parameter correlationID: The flow that begins with this memory. Given by the caller, so that the flow is known
  ///   before its first event comes.
  private func store(_ text: String, _ correlationID: String, _ follower: DemoFollower) async throws {
    await follower.expect(correlationID)
    let answer = try await client.post(
      "/v1/memories", ["content": .string(text), "user_id": "demo"],
      headers: [HTTPClientField("X-Correlation-ID", correlationID)])
    await follower.acknowledge(try answer.text("correlation_id"))
  }

  private func incomplete(_ follower: DemoFollower) async -> CommandError {
    if Task.isCancelled { return CommandError(.interrupted, "interrupted") }
    let missing = await follower.snapshot.missing
    let example = missing.first.map { ": \($0.correlationID) has no \($0.step)" } ?? ""
    return CommandError(
      .failure,
      "\(Figures.count(missing.count, "memory", "memories")) of \(source.texts.count) did not get through the flow "
        + "in \(Figures.duration(Self.patience))\(example)")
  }
}
