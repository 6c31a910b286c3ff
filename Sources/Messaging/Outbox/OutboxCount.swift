import Storage

/// How full an outbox is.
enum OutboxCount {
  /// Up to here rows are counted one by one.
  static let exactLimit: Int64 = 10_000

  /// How many rows wait or are settled and not removed yet. Beyond `exactLimit` it is an upper bound: counting a
  /// million rows would read them all.
  static func pending(in tx: Transaction) throws -> Int {
    let first = try tx.first("SELECT min(sequence) FROM outbox") { try $0.optionalInt64(0) } ?? nil
    let last = try tx.first("SELECT max(sequence) FROM outbox") { try $0.optionalInt64(0) } ?? nil
    guard let first, let last else { return 0 }
    if last - first >= exactLimit { return Int(last - first + 1) }
    return try tx.first("SELECT count(*) FROM outbox") { try $0.int(0) } ?? 0
  }

  /// How many rows the transport has refused for good.
  static func rejected(in tx: Transaction) throws -> Int {
    try tx.first("SELECT count(*) FROM outbox_rejected") { try $0.int(0) } ?? 0
  }
}
