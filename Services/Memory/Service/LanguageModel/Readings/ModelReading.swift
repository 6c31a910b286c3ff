import RuntimeHost

/// A text that a worker has taken to be read by the model.
struct ModelReading: Sendable {
  /// The memory's row.
  let rowID: Int64
  let memoryID: String
  /// The version of the memory that brought the text.
  let memoryVersion: Int
  let content: String
  /// When the text was stored: what "last summer" is resolved against.
  let storedAt: Timestamp
  /// What the outcome's event carries: the flow and the cause of the text's own event.
  let flow: EventMetadata
  /// Tries that failed before.
  let attempts: Int
  /// Grows each time that the reading is taken: an earlier taker's outcome does not count any more.
  let claim: Int
}
