import Events
import JSON
import Storage

/// What people do with a service's failed deliveries: look, retry, edit, discard. Every act is on record.
///
/// Any task may call. An act is durable when the call returns; a retried delivery is handled shortly after.
public final class FailedDeliveries: Sendable {
  private let environment: ServiceEnvironment
  private let store: FailedDeliveryStore
  private let signal: Signal

  init(environment: ServiceEnvironment, store: FailedDeliveryStore, signal: Signal) {
    self.environment = environment
    self.store = store
    self.signal = signal
  }

  /// Failed deliveries in the order of their failure, the newest first.
  ///
  /// - Parameter cursor: The id behind which the list goes on.
  public func list(
    _ filter: FailedDeliveryFilter = FailedDeliveryFilter(), after cursor: String? = nil, limit: Int
  ) async throws -> [FailedDelivery] {
    try await environment.database.read { [service = environment.name] tx in
      var before = Int64.max
      if let cursor {
        guard
          let sequence = try tx.first(
            "SELECT sequence FROM failed_deliveries WHERE id = ?", cursor, map: { try $0.int64(0) })
        else { throw FailedDeliveryError(.invalidCursor, "there is no failed delivery \(cursor) to go on behind") }
        before = sequence
      }
      return try Self.find(filter, before: before, limit: limit, service: service, in: tx)
    }
  }

  public func get(_ id: String) async throws -> FailedDelivery? {
    try await environment.database.read { [service = environment.name] tx in
      try Self.find(id, service: service, in: tx)
    }
  }

  /// How many there are of each status.
  public func count() async throws -> [FailedDelivery.Status: Int] {
    try await environment.database.read { tx in
      let counts = try tx.query("SELECT status, count(*) FROM failed_deliveries GROUP BY status") {
        (FailedDelivery.Status(rawValue: try $0.string(0)), try $0.int(1))
      }
      return counts.reduce(into: [:]) { all, entry in if let status = entry.0 { all[status] = entry.1 } }
    }
  }

  /// Lets open deliveries be tried again, the oldest first.
  ///
  /// - Parameters:
  ///   - actor: Who asks for it.
  ///   - rate: How many a second at most; all at once when it is nil.
  /// - Returns: How many will be tried.
  @discardableResult
  public func retry(_ filter: FailedDeliveryFilter, by actor: String, rate: Int? = nil) async throws -> Int {
    let now = environment.clock.now()
    let count = try await environment.database.write { [service = environment.name] tx in
      var due = 0
      for delivery in try Self.find(filter, before: Int64.max, limit: Int.max, service: service, in: tx).reversed()
      where delivery.status.isOpen {
        let delay = rate.map { Duration.seconds(1) * due / max(1, $0) } ?? .zero
        due += try Self.makeDue(delivery, at: now + delay, in: tx) ? 1 : 0
        try Self.note(.retry, of: delivery.id, by: actor, reason: nil, at: now, in: tx)
      }
      return due
    }
    signal.send()
    return count
  }

  /// Replaces the payload of an event and lets it be tried again. Where the bytes were no event at all, the whole
  /// envelope is replaced.
  ///
  /// - Parameter payload: One JSON object.
  public func edit(_ id: String, payload: [UInt8], by actor: String) async throws {
    let now = environment.clock.now()
    try await environment.database.write { [service = environment.name] tx in
      guard let delivery = try Self.find(id, service: service, in: tx) else {
        throw FailedDeliveryError(.notFound, "there is no failed delivery \(id)")
      }
      guard delivery.status.isOpen else {
        throw FailedDeliveryError(.notOpen, "the failed delivery \(id) is \(delivery.status.rawValue) already")
      }
      let value = try Self.value(of: delivery, with: payload)
      try tx.execute(
        "UPDATE failed_deliveries SET value = ?, is_edited = ?, status = 'waiting' WHERE id = ?", value, true, id)
      _ = try Self.makeDue(delivery, at: now, in: tx)
      try Self.note(.edit, of: id, by: actor, reason: nil, at: now, in: tx)
    }
    signal.send()
  }

  /// Gives open deliveries up.
  /// - Returns: How many were given up.
  @discardableResult
  public func discard(_ filter: FailedDeliveryFilter, by actor: String, reason: String? = nil) async throws -> Int {
    let now = environment.clock.now()
    let count = try await environment.database.write { [service = environment.name, store] tx in
      let open = try Self.find(filter, before: Int64.max, limit: Int.max, service: service, in: tx)
        .filter(\.status.isOpen)
      for delivery in open.reversed() {
        try tx.execute(
          """
          UPDATE failed_deliveries SET status = 'discarded', next_attempt_at = NULL, claim = NULL, claimed_until = NULL,
            last_failed_at = ?
          WHERE id = ?
          """, now.microsecondsSinceEpoch, delivery.id)
        try Self.note(.discard, of: delivery.id, by: actor, reason: reason, at: now, in: tx)
        try store.finish(delivery, .discarded, at: now, in: tx)
      }
      return open.count
    }
    signal.send()
    return count
  }

  /// What was done with a failed delivery, oldest first.
  public func history(_ id: String) async throws -> [FailedDeliveryAct] {
    try await environment.database.read { tx in
      try tx.query(
        "SELECT act, actor, reason, at FROM failed_delivery_acts WHERE failed_delivery_id = ? ORDER BY sequence", id
      ) { row in
        FailedDeliveryAct(
          kind: FailedDeliveryAct.Kind(rawValue: try row.string(0)) ?? .retry, actor: try row.rawText(1),
          reason: try row.optionalRawText(2), at: Timestamp(microsecondsSinceEpoch: try row.int64(3)))
      }
    }
  }

  private static func find(
    _ filter: FailedDeliveryFilter, before sequence: Int64, limit: Int, service: String, in tx: Transaction
  ) throws -> [FailedDelivery] {
    var sql = "SELECT \(FailedDelivery.columns) FROM failed_deliveries WHERE sequence < ?"
    var parameters: [DatabaseValue] = [.integer(sequence)]
    if let status = filter.status {
      sql += " AND status = ?"
      parameters.append(.text(status.rawValue))
    } else if filter.ids == nil {
      sql += " AND status IN ('waiting', 'dead')"
    }
    if let handler = filter.handler {
      sql += " AND handler = ?"
      parameters.append(.text(handler))
    }
    if let pattern = filter.eventType {
      sql += " AND event_type LIKE ? ESCAPE '!'"
      parameters.append(.text(pattern.text.replacing("_", with: "!_").replacing("*", with: "%")))
    }
    if let ids = filter.ids {
      sql += " AND id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))"
      parameters += ids.map { .text($0) }
    }
    sql += " ORDER BY sequence DESC LIMIT ?"
    parameters.append(.integer(Int64(limit)))
    return try tx.query(sql, parameters) { try FailedDelivery($0, service: service) }
  }

  private static func find(_ id: String, service: String, in tx: Transaction) throws -> FailedDelivery? {
    try tx.first("SELECT \(FailedDelivery.columns) FROM failed_deliveries WHERE id = ?", id) {
      try FailedDelivery($0, service: service)
    }
  }

  /// Makes a delivery due, unless it waits behind another of its key: that one comes first.
  private static func makeDue(_ delivery: FailedDelivery, at time: Timestamp, in tx: Transaction) throws -> Bool {
    if delivery.status == .waiting, delivery.nextAttemptAt == nil, delivery.attempts == 0 {
      let isBehind =
        try tx.first(
          """
          SELECT 1 FROM failed_deliveries WHERE handler = ? AND topic = ? AND key = ? AND sequence < ?
            AND status IN ('waiting', 'dead')
          """, delivery.handler, delivery.topic, delivery.key, delivery.sequence, map: { try $0.int(0) }) != nil
      if isBehind { return false }
    }
    return try tx.execute(
      "UPDATE failed_deliveries SET status = 'waiting', next_attempt_at = ? WHERE id = ?",
      time.microsecondsSinceEpoch, delivery.id) == 1
  }

  private static func note(
    _ act: FailedDeliveryAct.Kind, of id: String, by actor: String, reason: String?, at now: Timestamp,
    in tx: Transaction
  ) throws {
    try tx.execute(
      "INSERT INTO failed_delivery_acts (failed_delivery_id, act, actor, reason, at) VALUES (?, ?, ?, ?, ?)", id,
      act.rawValue, actor, reason, now.microsecondsSinceEpoch)
  }

  private static func value(of delivery: FailedDelivery, with payload: [UInt8]) throws -> [UInt8] {
    do {
      guard try JSONValue(parsing: payload).objectValue != nil else {
        throw FailedDeliveryError(.invalidPayload, "a payload is a JSON object")
      }
      guard var event = try? Event(parsing: delivery.value) else {
        _ = try Event(parsing: payload)
        return payload
      }
      event.payload = payload
      return event.encoded()
    } catch let error as JSONError {
      throw FailedDeliveryError(.invalidPayload, "the payload is not JSON: \(error)")
    } catch let error as EventError {
      throw FailedDeliveryError(
        .invalidPayload, "these bytes were no event, so an edit replaces the whole envelope: \(error)")
    }
  }
}
