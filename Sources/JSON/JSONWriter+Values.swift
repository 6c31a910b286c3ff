extension JSONWriter {
  public mutating func write(_ value: JSONValue) {
    switch value {
    case .null: writeNull()
    case .bool(let value): write(value)
    case .integer(let value): write(value)
    case .number(let value): write(value)
    case .largeNumber(let spelling): writeRaw(spelling.utf8)
    case .string(let value): write(value)
    case .array(let elements):
      beginArray()
      for element in elements { write(element) }
      endArray()
    case .object(let object):
      beginObject()
      for (name, value) in object {
        key(name)
        write(value)
      }
      endObject()
    }
  }
}
