import Events

/// An event that a handler could not take, kept with its exact bytes until somebody puts it right.
public struct FailedDelivery: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// It will be tried again, by time or once what is before it has been put right.
    case waiting
    /// Nothing more happens by itself: a person must look.
    case dead
    /// A later attempt succeeded.
    case resolved
    /// A person gave it up.
    case discarded

    /// Whether it still stands in the way of something.
    public var isOpen: Bool { self == .waiting || self == .dead }
  }

  /// Such as `fd_0199…`.
  public let id: String
  public let service: String
  /// The handler's name; empty when the bytes are no event, so that no handler could be found.
  public let handler: String
  public let status: Status
  public let eventID: String?
  public let eventType: String?
  public let correlationID: String?
  public let topic: String
  public let partition: Int32
  public let offset: Int64
  public let key: String?
  /// The record's value, byte for byte as it came, or as a person edited it.
  public let value: [UInt8]
  public let headers: EventHeaders
  /// What went wrong last, in one line.
  public let error: String
  public let attempts: Int
  public let firstFailedAt: Timestamp
  public let lastFailedAt: Timestamp
  /// When it is tried again; nil when it is dead, or waits behind another of its key.
  public let nextAttemptAt: Timestamp?
  public let isEdited: Bool
  /// Its place in the order of failures.
  let sequence: Int64
}
