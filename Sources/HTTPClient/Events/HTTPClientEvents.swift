/// The events of one answer, as they come. The request goes out when the first is asked for.
///
/// Ends when the server ends the answer; throws `HTTPClientError` when the connection is lost, stays silent for
/// longer than the request's time-out or answers with something else. It does not connect again by itself: whoever
/// needs that sends `Last-Event-ID` with the last event's id. A reader that is slow stops the transfer, so memory
/// stays bounded. Letting go of the iterator closes the connection.
struct HTTPClientEvents: AsyncSequence, Sendable {
  typealias Element = HTTPClientEvent
  typealias Failure = any Error

  /// Kept so that the client's thread lives as long as someone reads.
  let client: HTTPClient
  let queue: TransferQueue?
  let request: HTTPClientRequest
  let onOpen: @Sendable () -> Void

  func makeAsyncIterator() -> Iterator { Iterator(events: self) }

  struct Iterator: AsyncIteratorProtocol {
    private let events: HTTPClientEvents
    private var subscription: EventSubscription?

    fileprivate init(events: HTTPClientEvents) { self.events = events }

    mutating func next() async throws -> HTTPClientEvent? {
      try await next(isolation: nil)
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> HTTPClientEvent? {
      guard let queue = events.queue else { throw HTTPClient.unavailable }
      let subscription =
        self.subscription
        ?? EventSubscription(
          queue: queue, request: events.request, onOpen: events.onOpen)
      self.subscription = subscription
      return try await subscription.next()
    }
  }
}
