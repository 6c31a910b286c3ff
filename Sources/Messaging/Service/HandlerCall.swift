import Synchronization

/// One attempt of a handler at an event, or at several together: ties the attempt's transactions to the inbox rows, and
/// ends with its deadline.
///
/// Any task and thread may use it.
final class HandlerCall: Sendable {
  let handler: String
  let eventIDs: [String]
  private let isInvalidated = Atomic<Bool>(false)
  private let isCommitted = Atomic<Bool>(false)

  init(handler: String, eventIDs: [String]) {
    self.handler = handler
    self.eventIDs = eventIDs
  }

  /// Whether a transaction of this attempt is durable, and the inbox rows with it.
  var hasCommitted: Bool { isCommitted.load(ordering: .acquiring) }

  /// Ends the attempt: from now on every transaction of its context throws `HandlerCallEnded`. One that is being
  /// committed at this moment may still take effect; the inbox row then tells the next attempt.
  func invalidate() {
    isInvalidated.store(true, ordering: .releasing)
  }

  func commit() {
    isCommitted.store(true, ordering: .releasing)
  }

  func checkIsValid() throws(HandlerCallEnded) {
    if isInvalidated.load(ordering: .acquiring) { throw HandlerCallEnded(handler: handler) }
  }
}
