import Messaging
import Synchronization

/// A member of a consumer group that reads until it is closed and collects what it is given.
public final class GroupMember: Sendable {
  public let received = Recorder<DeliveredRecord>()
  public let assignments = Recorder<Set<TopicPartition>>()
  public let subscription: any TransportSubscription
  /// As many as were collected and, where they are to be, acknowledged.
  private let settled = Recorder<Void>()
  private let acknowledges: @Sendable (DeliveredRecord) -> Bool
  private let reading = Mutex<Task<Void, Never>?>(nil)

  /// - Parameter acknowledges: Which records are acknowledged as they come; all of them unless said otherwise.
  public init(
    _ subscription: any TransportSubscription,
    acknowledges: @escaping @Sendable (DeliveredRecord) -> Bool = { _ in true }
  ) {
    self.subscription = subscription
    self.acknowledges = acknowledges
    reading.withLock { $0 = Task { [self] in await read() } }
  }

  public static func join(
    _ transport: any EventTransport, group: String, topics: TopicSelection = .all,
    acknowledges: @escaping @Sendable (DeliveredRecord) -> Bool = { _ in true }
  ) async throws -> GroupMember {
    GroupMember(try await transport.subscribe(group: group, to: topics), acknowledges: acknowledges)
  }

  private func read() async {
    while true {
      do {
        switch try await subscription.nextBatch(limit: 100) {
        case .records(let records):
          // Collected first: whoever waits for a record may look at the rest, or close the member, at once.
          received.append(contentsOf: records)
          let done = records.filter(acknowledges).map(\.position)
          if !done.isEmpty { subscription.acknowledge(done) }
          settled.append(contentsOf: records.map { _ in })
        case .assigned(let partitions): assignments.append(partitions)
        case .revoked(let partitions, .orderly): await subscription.completeRevocation(partitions)
        case .revoked(_, .lost): break
        case .closed: return
        }
      } catch {
        if error.kind == .closed { return }
        await Task.yield()
      }
    }
  }

  /// Leaves the group in order: what was acknowledged is stored.
  public func leave() async {
    // What a test has seen of a batch is acknowledged before the member goes, however fast the test is.
    _ = try? await settled.wait(count: received.elements.count)
    await subscription.flush()
    await subscription.close()
    await reading.withLock { $0 }?.value
  }
}
