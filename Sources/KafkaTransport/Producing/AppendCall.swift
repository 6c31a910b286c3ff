import CRdKafka
import Messaging
import Synchronization

/// One append under way: a slot for each record, filled in by librdkafka's threads, and the task that waits.
///
/// One allocation serves all its records. A slot is written once, by whoever settles it, before `open` is counted down;
/// the waiting task reads the slots after `open` reached zero.
///
/// Unchecked: that order is the proof. The count is released by each writer and acquired by the reader.
final class AppendCall: @unchecked Sendable {
  enum Fate: UInt8 {
    /// Not given to librdkafka yet.
    case unsent
    case open
    case appended
    /// Never written.
    case failed
    /// Perhaps written.
    case inDoubt
    /// Settled by an error that is kept in `errors`.
    case refused
  }

  struct Slot {
    /// The call, which lives until its last slot is settled.
    let call: Unmanaged<AppendCall>
    /// The list of headers that the record went out with, one that is used again.
    var headers: HeaderList?
    /// Whether that list was taken off the message: it is ours again.
    var hasHeadersBack = false
    var cost = 0
    var offset: Int64 = -1
    var partition: Int32 = -1
    var error: Int32 = 0
    var fate = Fate.unsent
  }

  let count: Int
  let deadline: ContinuousClock.Instant
  private let budget: AppendBudget
  private let slots: UnsafeMutablePointer<Slot>
  /// Slots that are not settled, and one more for the task that fills them.
  private let open: Atomic<Int>
  private let lastFailure = Atomic<Int32>(0)
  /// 1: written; 2: orphaned. Whoever comes second settles what is open.
  private let phase = Atomic<UInt8>(0)
  private var continuation: CheckedContinuation<Void, Never>?
  /// Touched by the append alone, on one thread after the other.
  private var errors: [Int: TransportError] = [:]
  private let onFailure: @Sendable (KafkaErrorCode) -> Void

  /// - Parameter onFailure: Called when a record was not appended and might be some day.
  init(
    count: Int, deadline: ContinuousClock.Instant, budget: AppendBudget,
    onFailure: @escaping @Sendable (KafkaErrorCode) -> Void
  ) {
    self.count = count
    self.deadline = deadline
    self.budget = budget
    self.onFailure = onFailure
    slots = .allocate(capacity: count)
    open = Atomic(count + 1)
    slots.initialize(repeating: Slot(call: .passUnretained(self)), count: count)
  }

  deinit {
    slots.deallocate()
  }

  /// Whether a record failed so that those behind it must not be written.
  var hasFailed: Bool { lastFailure.load(ordering: .acquiring) != 0 }

  /// Makes the slot of a record that goes to librdkafka.
  func prepare(_ index: Int, cost: Int) -> UnsafeMutablePointer<Slot> {
    let slot = slots + index
    slot.pointee.cost = cost
    slot.pointee.fate = .open
    return slot
  }

  /// Settles a record that librdkafka did not take or was not given.
  ///
  /// - Parameter stops: Whether nothing behind it may be written either.
  func fail(_ index: Int, _ error: TransportError, stops: Bool = false) {
    if stops { lastFailure.store(-1, ordering: .releasing) }
    errors[index] = error
    slots[index].fate = .refused
    countDown()
  }

  /// Settles a slot by the delivery report. On a thread of librdkafka.
  static func settle(_ slot: UnsafeMutablePointer<Slot>, by message: UnsafeMutablePointer<rd_kafka_message_t>) {
    let code = KafkaErrorCode(message.pointee.err)
    if slot.pointee.headers != nil {
      var detached: OpaquePointer?
      slot.pointee.hasHeadersBack =
        rd_kafka_message_detach_headers(message, &detached) == RD_KAFKA_RESP_ERR_NO_ERROR
    }
    slot.pointee.partition = message.pointee.partition
    if code == .none {
      slot.pointee.offset = message.pointee.offset
      slot.pointee.fate = .appended
    } else {
      slot.pointee.error = code.rawValue
      slot.pointee.fate =
        rd_kafka_message_status(message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED ? .failed : .inDoubt
    }
    slot.pointee.call._withUnsafeGuaranteedRef { $0.settled(slot, code) }
  }

  /// Every record has been written or failed.
  func endWriting() {
    if phase.bitwiseOr(1, ordering: .acquiringAndReleasing).oldValue & 2 != 0 { abandon() }
  }

  /// The client was freed: no delivery report comes any more.
  func orphan() {
    if phase.bitwiseOr(2, ordering: .acquiringAndReleasing).oldValue & 1 != 0 { abandon() }
  }

  /// Settles what the client left open. Called once, when nobody else touches the slots any more.
  private func abandon() {
    for index in 0..<count where slots[index].fate == .open {
      slots[index].error = KafkaErrorCode.destroyed.rawValue
      slots[index].fate = .inDoubt
      settled(slots + index, .destroyed)
    }
  }

  private func settled(_ slot: UnsafeMutablePointer<Slot>, _ code: KafkaErrorCode) {
    let cost = slot.pointee.cost
    if code != .none, !code.isPermanent {
      lastFailure.store(code.rawValue, ordering: .releasing)
      onFailure(code)
    }
    budget.release(cost)
    // The slot, and with the last one the call, is gone after the count.
    countDown()
  }

  private func countDown() {
    if open.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { continuation?.resume() }
  }

  /// The lists of headers that came back, each the caller's now. Called once, when every slot is settled.
  private func takeHeaders() -> [HeaderList] {
    var lists: [HeaderList] = []
    lists.reserveCapacity(count)
    for slot in UnsafeMutableBufferPointer(start: slots, count: count) {
      guard let list = slot.headers else { continue }
      if slot.hasHeadersBack {
        lists.append(list)
      } else {
        // The client was freed with the message that had it.
        list.forget()
      }
    }
    return lists
  }

  /// Waits until every slot is settled, and says what became of each record.
  ///
  /// - Parameters:
  ///   - stock: Takes the lists of headers that served.
  ///   - explain: What an error of librdkafka's means.
  func outcomes(
    of records: [EventRecord], headersTo stock: HeaderStock,
    explain: (_ code: KafkaErrorCode, _ isInDoubt: Bool, EventRecord) -> TransportError
  ) async -> AppendReport {
    await withCheckedContinuation { continuation in
      self.continuation = continuation
      countDown()
    }
    stock.giveBack(takeHeaders())
    var report = AppendReport()
    report.outcomes.reserveCapacity(count)
    // A record is looked at in its place: copying it would count references up and down for each of its parts.
    for index in records.indices {
      let slot = slots[index]
      switch slot.fate {
      case .appended:
        report.add(RecordPosition(topic: records[index].topic, partition: slot.partition, offset: slot.offset))
      case .failed, .inDoubt, .open, .unsent:
        report.add(explain(KafkaErrorCode(rawValue: slot.error), slot.fate != .failed, records[index]))
      case .refused:
        report.add(errors[index] ?? TransportError(.outcomeUnknown, "Kafka: nothing is known of the record"))
      }
    }
    return report
  }
}
