/// The fields of an object that its Swift type does not name, kept as they came, byte for byte and in order.
///
/// An event that passes through a program which knows an older schema thus loses nothing. Empty, it costs no
/// allocation.
public struct UnknownFields: Sendable, Hashable {
  /// `"name":value` pairs joined by commas.
  private var pairs: [UInt8] = []

  public init() {}

  public var isEmpty: Bool { pairs.isEmpty }

  /// Keeps a field that the reader of a type has no use for.
  ///
  /// - Parameter raw: The value's bytes as ``JSONReader/readRaw()`` hands them out: one valid JSON value.
  public mutating func append(key: JSONKey, raw: [UInt8]) {
    if !pairs.isEmpty { pairs.append(UInt8(ascii: ",")) }
    pairs.append(UInt8(ascii: "\""))
    pairs.append(contentsOf: key.utf8)
    pairs.append(UInt8(ascii: "\""))
    pairs.append(UInt8(ascii: ":"))
    pairs.append(contentsOf: raw)
  }

  /// Reads the value of `key` from `reader` and keeps it.
  public mutating func read(_ key: JSONKey, from reader: inout JSONReader) throws(JSONError) {
    append(key: key, raw: try reader.readRaw())
  }

  /// Writes the fields into the object that `writer` is in.
  public func write(to writer: inout JSONWriter) {
    if !pairs.isEmpty { writer.writeRaw(pairs) }
  }

  /// The names, in order.
  public var keys: [String] { object.keys }

  /// The field's value, read anew at each call; nil when there is no such field. Of two with one name the last wins.
  public subscript(key: String) -> JSONValue? { object[key] }

  private var object: JSONObject {
    guard !pairs.isEmpty else { return JSONObject() }
    let document = [UInt8(ascii: "{")] + pairs + [UInt8(ascii: "}")]
    // What was kept has been checked; only a reader with other limits than those it was read with could refuse it.
    let value = try? JSONValue(parsing: document, limits: JSONLimits(maximumDepth: JSONLimits.deepest))
    return value?.objectValue ?? JSONObject()
  }
}
