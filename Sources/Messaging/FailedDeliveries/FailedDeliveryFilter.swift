/// Which failed deliveries are meant. What is nil does not narrow.
public struct FailedDeliveryFilter: Sendable, Hashable {
  public var ids: [String]?
  public var handler: String?
  public var eventType: String?
  /// Open ones (waiting and dead) when it is nil.
  public var status: FailedDelivery.Status?

  public init(
    ids: [String]? = nil, handler: String? = nil, eventType: String? = nil, status: FailedDelivery.Status? = nil
  ) {
    self.ids = ids
    self.handler = handler
    self.eventType = eventType
    self.status = status
  }
}
