import Synchronization

/// Names one transfer of this process.
struct TransferID: Hashable, Sendable {
  private let number: UInt64

  private static let last = Atomic<UInt64>(0)

  static func next() -> TransferID {
    TransferID(number: last.wrappingAdd(1, ordering: .relaxed).newValue)
  }
}
