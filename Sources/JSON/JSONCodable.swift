/// A type that reads itself from JSON and writes itself as JSON, without a tree of values in between.
///
/// Conformances are value types and pure: reading twice gives equal values, and what is written can be read.
public protocol JSONCodable: Sendable {
  /// Reads the next value.
  init(from reader: inout JSONReader) throws(JSONError)
  /// Writes one value.
  func write(to writer: inout JSONWriter)
}

extension JSONCodable {
  /// Reads the one value that `bytes` hold.
  @inlinable
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try Self(from: &reader) }
  }

  /// The value as compact JSON.
  @inlinable
  public func jsonBytes() -> [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension String: JSONCodable {
  @inlinable
  public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readString() }
  @inlinable
  public func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Int: JSONCodable {
  @inlinable
  public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readInt() }
  @inlinable
  public func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Int64: JSONCodable {
  @inlinable
  public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readInt64() }
  @inlinable
  public func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Double: JSONCodable {
  @inlinable
  public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readDouble() }
  @inlinable
  public func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Bool: JSONCodable {
  @inlinable
  public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readBool() }
  @inlinable
  public func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension JSONValue: JSONCodable {
  public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readValue() }
  public func write(to writer: inout JSONWriter) { writer.write(self) }
}
