import Events

extension EventHeaders {
  /// What a record tells of its event beside the type and the id: the trace context, where there is one, and the
  /// CloudEvents attributes `ce_source` and `ce_time`.
  public init(of event: Event) {
    self.init()
    reserveCapacity(event.metadata.traceparent == nil ? 96 : 160)
    if let traceparent = event.metadata.traceparent { append(Self.traceparent, traceparent) }
    append(Self.cloudEventSource, event.sourceService)
    event.timestamp.withUTF8 { append(Self.cloudEventTime, utf8: $0) }
  }
}
