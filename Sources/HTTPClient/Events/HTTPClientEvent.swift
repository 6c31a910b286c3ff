/// One server-sent event.
public struct HTTPClientEvent: Sendable, Hashable {
  /// The stream's last event id when this event came: what `Last-Event-ID` names to go on behind it. Empty when none was sent.
  public var id: String
  /// `message` when the server named none.
  public var event: String
  /// The lines of data, joined by line feeds.
  public var data: String

  public init(id: String = "", event: String = "message", data: String) {
    self.id = id
    self.event = event
    self.data = data
  }
}
