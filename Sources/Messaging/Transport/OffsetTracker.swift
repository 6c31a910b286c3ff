/// The offsets of one partition that were delivered and not yet passed by the stored offset.
///
/// Acknowledgements come in any order; the stored offset moves over the front that is acknowledged without a gap.
/// A value for a transport to keep under its own lock. Offsets may have gaps: only what was delivered counts.
public struct OffsetTracker: Sendable {
  private var offsets: [Int64] = []
  private var isAcknowledged: [Bool] = []
  private var head = 0
  /// The offset behind the last one that was passed; `nil` until the first is passed.
  public private(set) var next: Int64?

  public init() {}

  /// How many delivered offsets are not passed yet.
  public var outstanding: Int { offsets.count - head }

  /// Notes a delivery. Offsets come in growing order; one that is not beyond the last is ignored.
  public mutating func deliver(_ offset: Int64) {
    if let last = offsets.last, offset <= last { return }
    if let next, offset < next { return }
    offsets.append(offset)
    isAcknowledged.append(false)
  }

  /// Notes an acknowledgement. Returns the offset to store, the one behind the front, when the front moved.
  public mutating func acknowledge(_ offset: Int64) -> Int64? {
    guard let index = index(of: offset) else { return nil }
    isAcknowledged[index] = true
    guard index == head else { return nil }
    while head < offsets.count, isAcknowledged[head] {
      next = offsets[head] + 1
      head += 1
    }
    if head == offsets.count {
      offsets.removeAll(keepingCapacity: true)
      isAcknowledged.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1024, head * 2 >= offsets.count {
      offsets.removeFirst(head)
      isAcknowledged.removeFirst(head)
      head = 0
    }
    return next
  }

  private func index(of offset: Int64) -> Int? {
    var low = head
    var high = offsets.count
    // Delivered offsets are mostly without gaps: the place is known at once.
    if low < high {
      let guess = low + Int(clamping: offset - offsets[low])
      if guess >= low, guess < high, offsets[guess] == offset { return guess }
    }
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low < offsets.count && offsets[low] == offset ? low : nil
  }
}
