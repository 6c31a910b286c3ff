import Storage
import Testing

extension QueueingDatabase {
  /// Returns when so many transactions wait. It asks again and again, since a queue tells nobody of its length, and
  /// records an issue when they do not come: nothing would end the wait.
  func waitForWrites(_ count: Int) async {
    for _ in 0..<20_000 where waitingWrites < count { try? await Task.sleep(for: .milliseconds(1)) }
    if waitingWrites < count { Issue.record("\(count) transactions never waited at a time") }
  }

  /// Queues the bodies while the writer stands at a gate, so that they form one group, and gives their outcomes.
  func together(
    _ bodies: [@Sendable (Transaction) throws -> Void]
  ) async throws -> [Result<Void, any Error>] {
    let gate = Gate()
    async let held: Void = write { _ in gate.pass() }
    await gate.arrival()
    let outcomes = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
      for (index, body) in bodies.enumerated() {
        group.addTask {
          do { return (index, .success(try await write(body))) } catch { return (index, .failure(error)) }
        }
      }
      await waitForWrites(bodies.count)
      gate.open()
      var all: [(Int, Result<Void, any Error>)] = []
      for await outcome in group { all.append(outcome) }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
    try await held
    return outcomes
  }
}
