import Synchronization

/// Ids for events and for whatever else needs one: UUIDs of version 7 (RFC 9562) as text.
///
/// They sort by the time of their making, to the millisecond across processes and strictly within one. Safe to call
/// from any thread.
public struct EventID {
  private static let source = Mutex((generator: UUIDv7Generator(), random: ReseedingRandom()))

  /// A new id.
  ///
  /// - Parameters:
  ///   - prefix: Put before the UUID, such as `mem_`.
  ///   - time: The time that the id tells.
  public static func make(prefix: String = "", at time: Timestamp = .now()) -> String {
    source.withLock { $0.generator.next(at: time, using: &$0.random) }.text(prefix: prefix)
  }
}
