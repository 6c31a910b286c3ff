import Events

/// What a consumer has been given and has not finished: which delivery may start, what is acknowledged, when a
/// partition has enough.
///
/// A pure state machine. The consumer keeps it under a lock and does what it says outside of it.
struct LaneTable: Sendable {
  private struct Lane: Sendable {
    /// Deliveries behind the one that has its turn, oldest first.
    var waiting: [Delivery] = []
    var head = 0
  }

  private struct HandlerState: Sendable {
    let concurrency: Int
    let batch: Int
    var running = 0
    /// Deliveries that have their turn and wait for a free place, oldest first.
    var ready: [Delivery] = []
    var head = 0
  }

  private struct RecordState: Sendable {
    let position: RecordPosition
    /// Handlers that have not finished with it.
    var remaining: Int
    /// Handlers that are at it at this moment.
    var running = 0
  }

  private struct PartitionState: Sendable {
    var records: Set<Int> = []
    /// Deliveries that are being handled at this moment.
    var running = 0
    var isPaused = false
  }

  /// What the transport is to be told after a change.
  struct Change: Sendable, Equatable {
    var acknowledge: RecordPosition?
    var pause: TopicPartition?
    var resume: TopicPartition?
  }

  private let capacity: Int
  private let highWater: Int
  private let lowWater: Int
  private var lanes: [LaneKey: Lane] = [:]
  private var handlers: [HandlerState]
  private var records: [Int: RecordState] = [:]
  private var partitions: [TopicPartition: PartitionState] = [:]
  private var nextRecordID = 0
  private var nextHandler = 0
  /// Deliveries that are being handled at this moment.
  private(set) var running = 0

  /// - Parameters:
  ///   - capacity: Deliveries handled side by side at most.
  ///   - concurrency: The same for each handler.
  ///   - batches: How many deliveries each handler takes at once at most; one where nothing is said.
  ///   - highWater: Unfinished records at which a partition is paused; it is resumed at a half of them.
  init(capacity: Int, concurrency: [Int], batches: [Int] = [], highWater: Int) {
    self.capacity = max(1, capacity)
    self.highWater = max(2, highWater)
    lowWater = self.highWater / 2
    handlers = concurrency.indices.map {
      HandlerState(concurrency: max(1, concurrency[$0]), batch: $0 < batches.count ? max(1, batches[$0]) : 1)
    }
  }

  /// Records that are not finished.
  var outstanding: Int { records.count }

  /// Takes a record for the handlers that want it; there is at least one.
  mutating func add(_ record: DeliveredRecord, _ event: Event, for wanting: [Int]) -> Change {
    let id = nextRecordID
    nextRecordID += 1
    records[id] = RecordState(position: record.position, remaining: wanting.count)
    let partition = record.position.topicPartition
    partitions[partition, default: PartitionState()].records.insert(id)
    let received = ReceivedEvent(record: record, event: event)
    for handler in wanting {
      let delivery = Delivery(recordID: id, handler: handler, received: received)
      if let lane = delivery.lane, !enter(lane, delivery) { continue }
      handlers[handler].ready.append(delivery)
    }
    var change = Change()
    if let state = partitions[partition], !state.isPaused, state.records.count >= highWater {
      partitions[partition]?.isPaused = true
      change.pause = partition
    }
    return change
  }

  /// Whether the delivery has the lane's turn at once; otherwise it waits there.
  private mutating func enter(_ lane: LaneKey, _ delivery: Delivery) -> Bool {
    if lanes[lane]?.waiting.append(delivery) != nil { return false }
    lanes[lane] = Lane()
    return true
  }

  /// The deliveries of one handler to start now, none when none may; handlers take turns.
  ///
  /// There is more than one when the handler takes many at once. Each is the first of its lane, so no two of them have
  /// the same key.
  mutating func start() -> [Delivery] {
    guard running < capacity else { return [] }
    for step in 0..<handlers.count {
      let index = (nextHandler + step) % handlers.count
      let places = min(
        handlers[index].batch, handlers[index].concurrency - handlers[index].running, capacity - running)
      guard places > 0, let first = takeReady(of: index) else { continue }
      nextHandler = (index + 1) % handlers.count
      var started = [first]
      while started.count < places, let next = takeReady(of: index) { started.append(next) }
      for delivery in started {
        records[delivery.recordID]?.running += 1
        partitions[delivery.record.position.topicPartition]?.running += 1
      }
      handlers[index].running += started.count
      running += started.count
      return started
    }
    return []
  }

  private mutating func takeReady(of handler: Int) -> Delivery? {
    while handlers[handler].head < handlers[handler].ready.count {
      let delivery = handlers[handler].ready[handlers[handler].head]
      handlers[handler].head += 1
      if handlers[handler].head == handlers[handler].ready.count {
        handlers[handler].ready.removeAll(keepingCapacity: true)
        handlers[handler].head = 0
      } else if handlers[handler].head >= 1_024 {
        handlers[handler].ready.removeFirst(handlers[handler].head)
        handlers[handler].head = 0
      }
      // A record whose partition was given up is somebody else's.
      if records[delivery.recordID] != nil { return delivery }
      leaveLane(delivery)
    }
    return nil
  }

  /// A started delivery gives its place up and keeps its turn: it waits to be tried again.
  mutating func rest(_ delivery: Delivery) {
    stop(delivery)
  }

  /// A resting delivery wants a place again.
  mutating func requeue(_ delivery: Delivery) {
    guard records[delivery.recordID] != nil else { return leaveLane(delivery) }
    handlers[delivery.handler].ready.append(delivery)
  }

  /// A started delivery is done with, whichever way.
  mutating func finish(_ delivery: Delivery) -> Change {
    stop(delivery)
    leaveLane(delivery)
    var change = Change()
    guard var state = records[delivery.recordID] else { return change }
    state.remaining -= 1
    guard state.remaining == 0 else {
      records[delivery.recordID] = state
      return change
    }
    records[delivery.recordID] = nil
    change.acknowledge = state.position
    let partition = state.position.topicPartition
    partitions[partition]?.records.remove(delivery.recordID)
    if let left = partitions[partition], left.isPaused, left.records.count <= lowWater {
      partitions[partition]?.isPaused = false
      change.resume = partition
    }
    return change
  }

  private mutating func stop(_ delivery: Delivery) {
    running -= 1
    handlers[delivery.handler].running -= 1
    records[delivery.recordID]?.running -= 1
    partitions[delivery.record.position.topicPartition]?.running -= 1
  }

  /// Gives the lane's turn to the delivery behind.
  private mutating func leaveLane(_ delivery: Delivery) {
    guard let key = delivery.lane, var lane = lanes[key] else { return }
    guard lane.head < lane.waiting.count else {
      lanes[key] = nil
      return
    }
    handlers[key.handler].ready.append(lane.waiting[lane.head])
    lane.head += 1
    if lane.head >= 64, lane.head * 2 >= lane.waiting.count {
      lane.waiting.removeFirst(lane.head)
      lane.head = 0
    }
    lanes[key] = lane
  }

  /// Forgets the records of these partitions that no handler is at, or that wait for a further one: they are not
  /// acknowledged and come again. What is being handled goes on, and a record that is finished by that is acknowledged.
  mutating func giveUp(_ given: Set<TopicPartition>) {
    for partition in given {
      guard var state = partitions[partition] else { continue }
      for id in state.records {
        guard let record = records[id], record.running == record.remaining else {
          records[id] = nil
          state.records.remove(id)
          continue
        }
      }
      state.isPaused = false
      partitions[partition] = state
    }
  }

  /// Whether nothing of these partitions is being handled.
  func isIdle(_ given: Set<TopicPartition>) -> Bool {
    given.allSatisfy { (partitions[$0]?.running ?? 0) == 0 }
  }

  /// Every partition that it knows of.
  var knownPartitions: Set<TopicPartition> { Set(partitions.keys) }
}
