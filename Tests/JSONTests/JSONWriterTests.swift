import JSON
import Testing

struct JSONWriterTests {
  @Test("commas stand between items and nowhere else")
  func commas() {
    var writer = JSONWriter(reservingCapacity: 0)
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.write(1)
    writer.beginArray()
    writer.endArray()
    writer.write(true)
    writer.writeNull()
    writer.endArray()
    writer.key("b\"" as String)
    writer.writeRaw(Array("[1, 2]".utf8))
    writer.key("c")
    writer.beginObject()
    writer.endObject()
    writer.key("d")
    writer.write(["x", "y"])
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == #"{"a":[1,[],true,null],"b\"":[1, 2],"c":{},"d":["x","y"]}"#)
  }

  @Test(
    "integers are written in full",
    arguments: [
      0, 9, 10, -1, 99, 100, 1234, 99999, -12345, 1_000_000, .max, .min,
    ] as [Int64])
  func integers(value: Int64) {
    var writer = JSONWriter()
    writer.write(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == String(value))
  }

  @Test(
    "a Double reads back as itself",
    arguments: [
      0, -0.0, 0.1, 1, 1e16, 1e300, .leastNonzeroMagnitude, .pi, -2.5, Double.greatestFiniteMagnitude,
    ])
  func doubles(value: Double) throws {
    var writer = JSONWriter()
    writer.write(value)
    let read = try JSONReader.read(writer.bytes) { (reader) throws(JSONError) in try reader.readDouble() }
    #expect(read.bitPattern == value.bitPattern)
  }

  @Test("what JSON has no number for becomes null", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    var writer = JSONWriter()
    writer.write(value)
    #expect(writer.bytes == Array("null".utf8))
  }
}
