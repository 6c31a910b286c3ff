import Messaging

/// What became of the records of one append.
struct AppendReport {
  var outcomes: [AppendOutcome] = []
  private(set) var hasSuccess = false
  /// Why the first record failed that might have been taken at another time.
  private(set) var failure: String?

  mutating func add(_ position: RecordPosition) {
    hasSuccess = true
    outcomes.append(.appended(position))
  }

  mutating func add(_ error: TransportError) {
    if failure == nil, !error.isPermanent { failure = error.message }
    outcomes.append(.failed(error))
  }
}
