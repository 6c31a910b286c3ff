extension JSONValue: CustomStringConvertible {
  /// The value as UTF-8; `pretty` puts each item on a line of its own, indented by two spaces.
  public func serialized(pretty: Bool = false) -> [UInt8] {
    if pretty {
      var bytes: [UInt8] = []
      appendPretty(to: &bytes, indentation: 0)
      return bytes
    }
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// The value as compact JSON.
  public var text: String { String(decoding: serialized(), as: UTF8.self) }

  public var description: String { text }

  private func appendPretty(to bytes: inout [UInt8], indentation: Int) {
    func newLine(_ bytes: inout [UInt8], _ indentation: Int) {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * 2))
    }
    switch self {
    case .array(let elements) where !elements.isEmpty:
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(&bytes, indentation + 1)
        element.appendPretty(to: &bytes, indentation: indentation + 1)
      }
      newLine(&bytes, indentation)
      bytes.append(UInt8(ascii: "]"))
    case .object(let object) where !object.isEmpty:
      bytes.append(UInt8(ascii: "{"))
      for (index, entry) in object.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(&bytes, indentation + 1)
        bytes.append(contentsOf: JSONValue.string(entry.key).serialized())
        bytes.append(contentsOf: ": ".utf8)
        entry.value.appendPretty(to: &bytes, indentation: indentation + 1)
      }
      newLine(&bytes, indentation)
      bytes.append(UInt8(ascii: "}"))
    default:
      bytes.append(contentsOf: serialized())
    }
  }
}
