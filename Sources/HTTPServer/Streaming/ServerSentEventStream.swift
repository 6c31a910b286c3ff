/// A response's body that is a stream of events.
///
/// The source is asked for an event only while the buffer has room, so a slow client slows its source. A client that
/// takes nothing for ``stallLimit`` is dropped. The source's task is cancelled when the client leaves, is dropped, or
/// the server stops; a client that is gone is noticed with the next heartbeat at the latest.
public struct ServerSentEventStream: Sendable {
  /// Sends one event; waits while the client's buffer is full. Throws `CancellationError` when the client is gone.
  public typealias Send = @Sendable (ServerSentEvent) async throws -> Void

  /// A comment is sent whenever so much time has passed without anything to send.
  public var heartbeat: Duration
  /// Bytes that wait for the client; an event that is larger goes alone.
  public var bufferLimit: Int
  /// How long a client may take nothing of what waits for it.
  public var stallLimit: Duration
  /// How long a client should wait before it comes back; sent first when set.
  public var retry: Duration?
  let produce: @Sendable (Send) async throws -> Void

  /// A stream whose events a closure sends; it ends when the closure returns or throws.
  public init(
    heartbeat: Duration = .seconds(15), bufferLimit: Int = 256 * 1_024, stallLimit: Duration = .seconds(30),
    retry: Duration? = nil, producing produce: @escaping @Sendable (Send) async throws -> Void
  ) {
    self.heartbeat = heartbeat
    self.bufferLimit = bufferLimit
    self.stallLimit = stallLimit
    self.retry = retry
    self.produce = produce
  }

  /// A stream of a sequence's events; it ends with the sequence.
  public init<Events: AsyncSequence & Sendable>(
    _ events: Events, heartbeat: Duration = .seconds(15), bufferLimit: Int = 256 * 1_024,
    stallLimit: Duration = .seconds(30), retry: Duration? = nil
  ) where Events.Element == ServerSentEvent {
    self.init(heartbeat: heartbeat, bufferLimit: bufferLimit, stallLimit: stallLimit, retry: retry) { send in
      for try await event in events { try await send(event) }
    }
  }
}
