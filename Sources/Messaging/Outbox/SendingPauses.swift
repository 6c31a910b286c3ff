/// Which virtual partitions a relay leaves alone for a while, after the transport could not take their events.
///
/// The partitions of what failed pause. When nothing of a batch arrived the transport may be away, and everything
/// pauses, but only for about half as long: the others are tried first, so that partitions that can never be sent do
/// not hold up the rest. A value: time and randomness come in.
struct SendingPauses: Sendable {
  private struct Pause: Sendable {
    var failures = 0
    var end = Duration.zero
  }

  private static let partitionBackoff = Backoff(first: .milliseconds(100), limit: .seconds(5))
  private static let transportBackoff = Backoff(first: .milliseconds(50), limit: .milliseconds(2_500))

  private var transport = Pause()
  private var partitions: [Int: Pause] = [:]

  /// Whether something pauses or failed the last time it was tried.
  var isEmpty: Bool { transport.failures == 0 && partitions.isEmpty }

  /// Those of the partitions that may be sent now.
  func open(_ held: some Collection<Int>, at now: Duration) -> Set<Int> {
    if now < transport.end { return [] }
    return Set(held.filter { partition in partitions[partition].map { now >= $0.end } ?? true })
  }

  /// The next moment at which more may be sent than now; `nil` when nothing pauses.
  func nextEnd(after now: Duration) -> Duration? {
    if now < transport.end { return transport.end }
    return partitions.values.lazy.map(\.end).filter { $0 > now }.min()
  }

  /// Takes in what became of a batch.
  ///
  /// - Parameters:
  ///   - failed: Partitions of which something has to be sent again.
  ///   - settled: Partitions of which something was settled.
  mutating func note(
    failed: Set<Int>, settled: Set<Int>, at now: Duration, using generator: inout some RandomNumberGenerator
  ) {
    if !settled.isEmpty {
      transport = Pause()
    } else if !failed.isEmpty {
      Self.extend(&transport, by: Self.transportBackoff, at: now, using: &generator)
    }
    for partition in settled.subtracting(failed) { partitions[partition] = nil }
    for partition in failed {
      Self.extend(&partitions[partition, default: Pause()], by: Self.partitionBackoff, at: now, using: &generator)
    }
  }

  /// Forgets partitions that are no longer held.
  mutating func keep(_ held: some Collection<Int>) {
    guard !partitions.isEmpty else { return }
    let held = Set(held)
    partitions = partitions.filter { held.contains($0.key) }
  }

  private static func extend(
    _ pause: inout Pause, by backoff: Backoff, at now: Duration, using generator: inout some RandomNumberGenerator
  ) {
    pause.failures += 1
    pause.end = now + backoff.delay(attempt: pause.failures, using: &generator)
  }
}
