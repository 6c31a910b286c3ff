import Events
import Storage
import Synchronization
import Telemetry

/// Takes events about the service itself from places that cannot wait for a database, and writes them to the outbox
/// in the background.
///
/// Bounded: while the database cannot be written, what finds no room is dropped and counted. What is queued when the
/// process dies is lost; such events tell of the host's condition and carry no state. Any task may enqueue.
final class HostEventQueue: Sendable {
  private struct Entry: Sendable {
    let payload: any EventPayload
    let metadata: EventMetadata
    let time: Timestamp
  }

  /// Events that may wait.
  static let capacity = 1_000

  private static let backoff = Backoff(first: .milliseconds(100), limit: .seconds(10))

  private let database: any Database
  private let publisher: EventPublisher
  private let clock: any EventClock
  private let logger: Logger
  private let dropped: Counter
  private let entries = Mutex<[Entry]>([])
  private let signal = Signal()

  init(database: any Database, publisher: EventPublisher, clock: any EventClock, logger: Logger, dropped: Counter) {
    self.database = database
    self.publisher = publisher
    self.clock = clock
    self.logger = logger
    self.dropped = dropped
  }

  /// Queues an event; its time is that of the call. Never waits and never fails.
  func enqueue(_ payload: some EventPayload, metadata: EventMetadata = EventMetadata()) {
    let entry = Entry(payload: payload, metadata: metadata, time: clock.now())
    let hasRoom = entries.withLock { entries in
      guard entries.count < Self.capacity else { return false }
      entries.append(entry)
      return true
    }
    if hasRoom { signal.send() } else { dropped.increment() }
  }

  /// Writes what is queued, until the task is cancelled.
  func run() async {
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled {
      do {
        try await flush()
        failures = 0
        await signal.wait()
      } catch {
        failures += 1
        logger.warning("events about the service cannot be written: \(error)")
        try? await clock.sleep(for: Self.backoff.delay(attempt: failures, using: &generator))
      }
    }
  }

  /// Writes what is queued in one transaction. When it fails the events wait for the next call.
  func flush() async throws {
    let batch = entries.withLock { entries in
      defer { entries = [] }
      return entries
    }
    guard !batch.isEmpty else { return }
    do {
      try await write(batch)
    } catch {
      let lost = entries.withLock { entries in
        entries = batch + entries
        let lost = max(0, entries.count - Self.capacity)
        entries.removeLast(lost)
        return lost
      }
      dropped.increment(by: lost)
      throw error
    }
  }

  private func write(_ batch: [Entry]) async throws {
    try await database.write { [publisher, logger] transaction in
      for entry in batch {
        do {
          _ = try publisher.publishHostEvent(
            entry.payload, metadata: entry.metadata, at: entry.time, in: transaction)
        } catch let error as PublishingError {
          logger.error("an event about the service was refused: \(error)")
        }
      }
    }
  }
}
