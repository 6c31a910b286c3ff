import JSON

/// An event's content as a Swift type. Generated from a JSON Schema; see the service that publishes it.
public protocol EventPayload: JSONCodable {
  /// The type of the events that carry it.
  static var eventType: EventType { get }
  /// The version of its schema, such as "1.0".
  static var schemaVersion: String { get }
  /// Its JSON Schema (2020-12) as text.
  static var schema: String { get }
  /// What the event is about. Events of one aggregate keep their order; it is the partition key.
  var aggregateID: String { get }
}
