import Events

/// Which failed deliveries are meant. What is nil does not narrow.
public struct FailedDeliveryFilter: Sendable, Hashable {
  public var ids: [String]?
  public var handler: String?
  /// A `*` in it stands for any text, so that one in the middle matches several segments as well.
  public var eventType: EventPattern?
  /// Open ones (waiting and dead) when it is nil.
  public var status: FailedDelivery.Status?

  public init(
    ids: [String]? = nil, handler: String? = nil, eventType: EventPattern? = nil, status: FailedDelivery.Status? = nil
  ) {
    self.ids = ids
    self.handler = handler
    self.eventType = eventType
    self.status = status
  }
}
