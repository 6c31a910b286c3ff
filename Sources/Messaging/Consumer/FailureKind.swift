import Events
import JSON
import Storage

/// What a failed attempt says of the next one.
enum FailureKind: Sendable {
  /// The next attempt may succeed.
  case transient
  /// No attempt will ever succeed.
  case permanent
  /// The database or the transport is away: it says nothing of the event.
  case outage

  init(_ error: any Error) {
    switch error {
    case is PermanentFailure, is JSONError, is EventError, is PublishingError: self = .permanent
    case is TransportError: self = .outage
    case let error as DatabaseError: self = error.isOutage ? .outage : .transient
    // Its breaker is open for a failure of the database: see `EventConsumer.attempt`.
    case is HandlerPaused: self = .outage
    default: self = .transient
    }
  }
}

/// A handler rests, since what it needs is away.
struct HandlerPaused: Error {
  let retryAfter: Duration
}

extension DatabaseError {
  /// Whether the database is away or full, rather than asked something wrong.
  var isOutage: Bool {
    switch kind {
    case .busy, .diskFull, .readOnly, .connectionLost, .commitInDoubt, .serializationFailure, .closed, .inputOutput,
      .cannotOpen:
      true
    default: false
    }
  }
}
