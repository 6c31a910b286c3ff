import Messaging

/// One log under test, and how to reach it.
public protocol TransportFixture: Sendable {
  /// Another connection to the same log, as another process would have it where the log is shared by processes.
  /// The suite closes what it opens.
  func open() async throws -> any EventTransport

  /// Removes the log.
  func remove() async
}
