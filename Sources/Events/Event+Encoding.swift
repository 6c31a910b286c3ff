import JSON

extension Event {
  /// The envelope as compact JSON.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: payload.count + 448)
    write(to: &writer)
    return writer.bytes
  }

  /// The envelope without its payload, for places that keep or show the two apart.
  public func encodedWithoutPayload() -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: 448)
    write(to: &writer, includingPayload: false)
    return writer.bytes
  }

  public func write(to writer: inout JSONWriter) { write(to: &writer, includingPayload: true) }

  private func write(to writer: inout JSONWriter, includingPayload: Bool) {
    writer.beginObject()
    writer.key("event_id")
    writer.write(id)
    writer.key("event_type")
    writer.write(type.name)
    writer.key("timestamp")
    timestamp.write(to: &writer)
    writer.key("source_service")
    writer.write(sourceService)
    if includingPayload {
      writer.key("payload")
      writer.writeRaw(payload)
    }
    writer.key("metadata")
    metadata.write(to: &writer)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}
