import Synchronization

/// What the bell and the timer hold of the transport, so that neither keeps it alive.
final class WeakTransport: Sendable {
  private struct Reference {
    weak var transport: EventLogTransport?
  }

  private let reference = Mutex(Reference())

  func set(_ transport: EventLogTransport) {
    reference.withLock { $0.transport = transport }
  }

  func look() {
    guard let transport = reference.withLock({ $0.transport }) else { return }
    Task { await transport.look() }
  }

  func tick() {
    guard let transport = reference.withLock({ $0.transport }) else { return }
    Task { await transport.tick() }
  }
}
