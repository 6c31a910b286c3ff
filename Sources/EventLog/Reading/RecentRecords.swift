import Messaging
import Synchronization

/// The newest records that this process appended, in memory: who keeps up with the log reads no file.
///
/// Their offsets follow each other without a gap, so between two of them nothing was appended by anybody; where another
/// process appended something, what stands before it is forgotten. Bounded by number and size. Any thread may use it.
final class RecentRecords: Sendable {
  private struct State {
    var records: [(slot: Int, record: DeliveredRecord)] = []
    /// The first that is still held.
    var head = 0
    var bytes = 0
    var knownEnd: Int64 = 0

    var first: Int64? { head < records.count ? records[head].record.position.offset : nil }
    var last: Int64? { records.last?.record.position.offset }
  }

  private let countLimit: Int
  private let byteLimit: Int
  private let state = Mutex(State())

  init(countLimit: Int = 8_192, byteLimit: Int = 8 << 20) {
    self.countLimit = countLimit
    self.byteLimit = byteLimit
  }

  /// The last offset of the log that is known of here, whoever appended it.
  var knownEnd: Int64 { state.withLock { $0.knownEnd } }

  /// Notes that the log reaches to an offset.
  func note(end: Int64) {
    state.withLock { $0.knownEnd = max($0.knownEnd, end) }
  }

  /// Takes durable records in, in the order of their offsets.
  func append(_ appended: [(slot: Int, record: DeliveredRecord)]) {
    guard let end = appended.last?.record.position.offset else { return }
    state.withLock { state in
      for entry in appended {
        if let last = state.last, entry.record.position.offset != last + 1 {
          state.records.removeAll(keepingCapacity: true)
          (state.head, state.bytes) = (0, 0)
        }
        state.records.append(entry)
        state.bytes += Self.size(entry.record)
      }
      state.knownEnd = max(state.knownEnd, end)
      forgetOldest(&state)
    }
  }

  private func forgetOldest(_ state: inout State) {
    while state.records.count - state.head > countLimit || state.bytes > byteLimit {
      state.bytes -= Self.size(state.records[state.head].record)
      state.head += 1
    }
    guard state.head >= countLimit || state.head == state.records.count else { return }
    state.records.removeFirst(state.head)
    state.head = 0
  }

  private static func size(_ record: DeliveredRecord) -> Int {
    // The rest is what its parts take besides their bytes.
    record.record.value.count + record.record.headers.encoded.count + 256
  }

  /// What ``LogScan`` would find; `nil` when not all of it is here.
  ///
  /// - Parameter wanted: By slot, offset and topic, whether a record is wanted.
  func scan(from: Int64, limit: Int, wanted: (Int, Int64, String) -> Bool) -> LogScan.Result? {
    state.withLock { state in
      guard let first = state.first, let last = state.last, from >= first, from <= last else { return nil }
      var result = LogScan.Result(scannedTo: from)
      var bytes = 0
      for (slot, record) in state.records[(state.head + Int(from - first))...] {
        guard result.records.count < limit, bytes < LogScan.byteLimit else { return result }
        let offset = record.position.offset
        result.scannedTo = offset + 1
        guard wanted(slot, offset, record.record.topic) else { continue }
        bytes += record.record.value.count
        result.records.append((slot, record))
      }
      // Of what others append here hears later than they do it, and then there is something behind the last.
      result.isAtEnd = last >= state.knownEnd
      return result
    }
  }
}
