import Messaging
import Synchronization

/// Notes that a queue of librdkafka's has something, and wakes the one who reads.
final class QueueBell: Sendable {
  private let hasRung = Atomic(true)
  private let reader: Signal

  init(reader: Signal) {
    self.reader = reader
  }

  func ring() {
    hasRung.store(true, ordering: .releasing)
    reader.send()
  }

  /// Whether it has rung since the last call. To be called before the queue is read: what comes after rings again.
  func take() -> Bool { hasRung.exchange(false, ordering: .acquiringAndReleasing) }

  /// The queue was not read to its end: it rings once nobody empties it.
  func keep() { hasRung.store(true, ordering: .releasing) }
}
