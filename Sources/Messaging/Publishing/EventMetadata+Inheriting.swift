import Events

extension EventMetadata {
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
