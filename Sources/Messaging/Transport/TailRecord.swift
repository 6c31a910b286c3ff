/// A record of a tail, and the cursor that goes on behind it.
public struct TailRecord: Sendable {
  public let delivered: DeliveredRecord
  public let cursor: TailCursor

  public init(delivered: DeliveredRecord, cursor: TailCursor) {
    self.delivered = delivered
    self.cursor = cursor
  }
}
