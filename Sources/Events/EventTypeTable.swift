import Synchronization

/// The event types that this process has met, so that each is made once.
///
/// Reading takes no lock: a slot is filled once and never emptied. The table has a fixed size, so names from outside
/// cannot grow it; a type that finds no room is made anew each time, which is slower and otherwise the same.
///
/// Unchecked, since the compiler cannot see into the pointer: it is set once, its memory is never freed, and its slots
/// are atomic.
final class EventTypeTable: @unchecked Sendable {
  static let shared = EventTypeTable()

  private static let slotCount = 4096
  private static let probes = 8
  private let slots: UnsafeMutablePointer<Atomic<Unmanaged<EventTypeStorage>?>>

  private init() {
    slots = .allocate(capacity: Self.slotCount)
    for index in 0..<Self.slotCount { (slots + index).initialize(to: Atomic(nil)) }
  }

  func intern(_ utf8: UnsafeBufferPointer<UInt8>) -> Result<EventTypeStorage, EventTypeError> {
    let hash = seededHash(utf8)
    var made: EventTypeStorage?
    for probe in 0..<Self.probes {
      let index = Int(truncatingIfNeeded: hash &+ UInt64(probe)) & (Self.slotCount - 1)
      if let known = slots[index].load(ordering: .acquiring)?.takeUnretainedValue() {
        if known.hash == hash, known.isNamed(utf8) { return .success(known) }
        continue
      }
      if made == nil {
        if let error = refusal(of: utf8) { return .failure(error) }
        made = EventTypeStorage(utf8, hash: hash)
      }
      if let made {
        let winner = fill(index, with: made)
        if winner === made || winner.hash == hash && winner.isNamed(utf8) { return .success(winner) }
      }
    }
    if let made { return .success(made) }
    if let error = refusal(of: utf8) { return .failure(error) }
    return .success(EventTypeStorage(utf8, hash: hash))
  }

  /// Puts a type into an empty slot and keeps it for ever; the one that is there when somebody was faster.
  private func fill(_ index: Int, with made: EventTypeStorage) -> EventTypeStorage {
    let kept = Unmanaged.passRetained(made)
    let (isFilled, there) = slots[index].compareExchange(
      expected: nil, desired: kept, ordering: .acquiringAndReleasing)
    guard !isFilled, let there else { return made }
    kept.release()
    return there.takeUnretainedValue()
  }

  private func refusal(of utf8: UnsafeBufferPointer<UInt8>) -> EventTypeError? {
    EventTypeStorage.refusal(of: utf8).map {
      EventTypeError(name: String(decoding: utf8.prefix(EventType.maximumLength), as: UTF8.self), reason: $0)
    }
  }
}
