import RuntimeHost

/// A caller's name for one creation: sent again within a day, it creates nothing more.
///
/// Keys of different users are apart; those of callers that name no user share one space.
struct IdempotencyKey: Sendable, Hashable {
  static let retention = Duration.seconds(24 * 60 * 60)

  /// The user's id; empty when the memory is nobody's, as no user's id is.
  let userID: String
  let key: String

  init(_ key: String, userID: String?) throws(Problem) {
    let size = key.utf8.count
    guard (1...MemoryLimits.idempotencyKey).contains(size) else {
      throw Problem(
        .unprocessableContent, type: "invalid-idempotency-key",
        detail: "An idempotency key has 1 to \(MemoryLimits.idempotencyKey) bytes, this one has \(size).")
    }
    self.userID = userID ?? ""
    self.key = key
  }
}
