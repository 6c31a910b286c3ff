import RuntimeHost

/// What becomes of the open alerts when the conditions were looked at again.
enum AlertChange: Sendable, Equatable {
  /// The condition is new: tell people.
  case open(AlertCondition)
  /// It still holds, and people were told long ago: tell them again.
  case announceAgain(alertID: String, AlertCondition)
  /// It still holds.
  case hold(alertID: String, AlertCondition)
  /// It has not held for long enough: tell people that it is over.
  case resolve(alertID: String)

  /// Compares what is open with what holds.
  ///
  /// - Parameters:
  ///   - repeatAfter: An alert that stays open is announced again after so long.
  ///   - resolveAfter: An alert whose condition has not held for so long is resolved.
  static func between(
    open: [Alert], and conditions: [AlertCondition], at now: Timestamp, repeatAfter: Duration, resolveAfter: Duration
  ) -> [AlertChange] {
    struct Key: Hashable {
      var kind: String
      var subject: String
    }
    var unmatched = Dictionary(open.map { (Key(kind: $0.kind, subject: $0.subject), $0) }) { first, _ in first }
    var changes: [AlertChange] = []
    var seen: Set<Key> = []
    for condition in conditions {
      let key = Key(kind: condition.kind.rawValue, subject: condition.subject)
      guard seen.insert(key).inserted else { continue }
      guard let alert = unmatched.removeValue(forKey: key) else {
        changes.append(.open(condition))
        continue
      }
      let isDue = now - alert.announcedAt >= repeatAfter
      changes.append(isDue ? .announceAgain(alertID: alert.id, condition) : .hold(alertID: alert.id, condition))
    }
    for alert in open where unmatched[Key(kind: alert.kind, subject: alert.subject)]?.id == alert.id {
      if now - alert.heldAt >= resolveAfter { changes.append(.resolve(alertID: alert.id)) }
    }
    return changes
  }
}
