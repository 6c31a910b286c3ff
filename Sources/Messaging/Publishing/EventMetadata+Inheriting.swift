import Events

extension EventMetadata {
  /// What the events that follow from an event inherit: its flow, and the event as their cause. One without a correlation
  /// id starts a flow under its own id, the same one for all that follows.
  public init(causedBy event: Event) {
    self.init(
      userID: event.metadata.userID, agentID: event.metadata.agentID,
      correlationID: event.metadata.correlationID ?? event.id, causationID: event.id,
      traceparent: event.metadata.traceparent)
  }

  /// These metadata, with what they leave open taken from those of the flow that the event belongs to.
  ///
  /// The version is the payload's own and is not inherited.
  func inheriting(from flow: EventMetadata) -> EventMetadata {
    var metadata = self
    metadata.userID = userID ?? flow.userID
    metadata.agentID = agentID ?? flow.agentID
    metadata.correlationID = correlationID ?? flow.correlationID
    metadata.causationID = causationID ?? flow.causationID
    metadata.traceparent = traceparent ?? flow.traceparent
    return metadata
  }
}
