import Dispatch

/// Holds a closure on a database thread until the test lets it go, and tells the test that it has arrived.
final class Gate: Sendable {
  private let arrived = DispatchSemaphore(value: 0)
  private let opened = DispatchSemaphore(value: 0)

  /// Called inside the transaction.
  func pass() {
    arrived.signal()
    opened.wait()
  }

  func open() {
    opened.signal()
  }

  /// Waits, off the cooperative threads, until somebody stands at the gate.
  func arrival() async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        self.arrived.wait()
        continuation.resume()
      }
    }
  }
}
