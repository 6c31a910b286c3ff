/// What became of one record of an append.
public enum AppendOutcome: Sendable {
  /// The record is durable to the transport's promise, at this place.
  case appended(RecordPosition)
  /// The record was not appended, or that is not known: see `TransportError.Kind`.
  case failed(TransportError)
}
