import Messaging
import Storage

extension TransportError {
  /// What a failure of the file means to those who use the log.
  init(_ error: any Error) {
    if let error = error as? TransportError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(.unavailable, error is CancellationError ? "the call was cancelled" : "\(error)")
      return
    }
    let kind: Kind =
      switch error.kind {
      case .closed: .closed
      case .corrupt, .notADatabase, .newerSchema, .changedMigration: .damaged
      default: .unavailable
      }
    self.init(kind, "event log: \(error.message)")
  }
}
