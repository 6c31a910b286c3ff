import JSON
import Testing

struct JSONReaderTests {
  @Test("reads each kind of value that it is asked for")
  func kinds() throws {
    let document = #" {"s":"ä\n\"x\" \ud83d\ude00","i":-12,"d":2.5e1,"t":true,"f":false,"n":null,"a":[1,2],"o":{}} "#
    var seen: [String] = []
    try JSONReader.read(Array(document.utf8)) { (reader) throws(JSONError) in
      try reader.readObject { (reader, key) throws(JSONError) in
        switch key {
        case "s": seen.append(try reader.readString())
        case "i": seen.append(String(try reader.readInt()))
        case "d": seen.append(String(try reader.readDouble()))
        case "t", "f": seen.append(String(try reader.readBool()))
        case "n": try reader.readNull()
        case "a": seen.append(contentsOf: try reader.readArray(of: Int.self).map(String.init))
        default: seen.append("\(key): \(try reader.peekKind())")
        }
      }
    }
    #expect(seen == ["ä\n\"x\" 😀", "-12", "25.0", "true", "false", "1", "2", "o: an object"])
  }

  @Test("a value that the closure leaves is passed over, and checked")
  func untouched() throws {
    var names: [String] = []
    let document = Array(#"{"a":{"deep":[1,{"x":null}]},"b":[true],"c":"text"}"#.utf8)
    try JSONReader.read(document) { (reader) throws(JSONError) in
      try reader.readObject { (_, key) throws(JSONError) in names.append(key.string) }
    }
    #expect(names == ["a", "b", "c"])
    #expect(throws: JSONError.self) {
      try JSONReader.read(Array(#"{"a":tru}"#.utf8)) { (reader) throws(JSONError) in
        try reader.readObject { (_, _) throws(JSONError) in }
      }
    }
  }

  @Test(
    "raw bytes come out exactly as they went in",
    arguments: [
      #"{"a" : 1.0e+2 , "b":[ ]}"#, #""\ud800 \u00e4\/""#, "123456789012345678901234567890", "[1, 2,\n3]",
    ])
  func raw(text: String) throws {
    let bytes = Array("[ \(text) ]".utf8)
    var raw: [UInt8] = []
    try JSONReader.read(bytes) { (reader) throws(JSONError) in
      try reader.readArray { (reader) throws(JSONError) in raw = try reader.readRaw() }
    }
    #expect(String(decoding: raw, as: UTF8.self) == text)
  }

  @Test(
    "a lone surrogate reads as U+FFFD",
    arguments: [
      (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\ud800\udc00""#, "\u{FFFD}\u{10000}"),
      (#""\ud800\n""#, "\u{FFFD}\n"), (#""a\ud83d\ude00b""#, "a😀b"), (#""\uD83Dx\uDE00""#, "\u{FFFD}x\u{FFFD}"),
    ])
  func surrogates(document: String, expected: String) throws {
    #expect(try JSONValue(parsing: document) == .string(expected))
  }

  @Test("a name matches by what it says, escaped or not")
  func keys() throws {
    let document = Array(#"{"memory_id":1,"memory\u005fid":2,"memory_ie":3,"memory_i":4,"":5}"#.utf8)
    var matches: [Bool] = []
    try JSONReader.read(document) { (reader) throws(JSONError) in
      try reader.readObject { (_, key) throws(JSONError) in matches.append(key == "memory_id") }
    }
    #expect(matches == [true, true, false, false, false])
  }

  @Test("a string lends its bytes with the escapes resolved", arguments: [#""plain""#, #""pl\u0061in""#])
  func lentString(document: String) throws {
    let count = try JSONReader.read(Array(document.utf8)) { (reader) throws(JSONError) in
      try reader.readString { (utf8) throws(JSONError) in Array(utf8) }
    }
    #expect(count == Array("plain".utf8))
  }

  @Test(
    "whole numbers are read to the last bit",
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("2.0", 2),
      ("1e3", 1000), ("-1.5e1", -15), ("999999999999999999", 999_999_999_999_999_999),
    ] as [(String, Int64)])
  func integers(document: String, expected: Int64) throws {
    let value = try JSONReader.read(Array(document.utf8)) { (reader) throws(JSONError) in try reader.readInt64() }
    #expect(value == expected)
  }

  @Test(
    "what is no whole number of 64 bits is out of range",
    arguments: [
      "9223372036854775808", "-9223372036854775809", "18446744073709551616", "0.5", "1e19", "1e999",
      "123456789012345678901",
    ])
  func integersOutOfRange(document: String) {
    let error = #expect(throws: JSONError.self) {
      try JSONReader.read(Array(document.utf8)) { (reader) throws(JSONError) in try reader.readInt64() }
    }
    #expect(error?.kind == .outOfRange)
    #expect(error?.offset == 0)
  }

  @Test(
    "numbers round as the standard library does",
    arguments: [
      "0.1", "-0.0", "1e22", "1e23", "123456.789e-3", "5e-324", "1.7976931348623157e308", "0.30000000000000004",
      "123456789012345678", "9007199254740993", "0.000001", "100", "3.14159265358979", "12345678901234567890.5",
    ])
  func doubles(document: String) throws {
    let value = try JSONReader.read(Array(document.utf8)) { (reader) throws(JSONError) in try reader.readDouble() }
    let expected = try #require(Double(document))
    #expect(value.bitPattern == expected.bitPattern)
  }

  @Test("a number larger than any Double is out of range")
  func doubleOutOfRange() {
    let error = #expect(throws: JSONError.self) {
      try JSONReader.read(Array("[1e400]".utf8)) { (reader) throws(JSONError) in
        try reader.readArray { (reader) throws(JSONError) in _ = try reader.readDouble() }
      }
    }
    #expect(error?.kind == .outOfRange)
    #expect(error?.offset == 1)
    #expect(error?.path == "[0]")
  }

  @Test("nesting is allowed up to the limit and refused above it", arguments: [1, 2, 64, 512])
  func depth(limit: Int) throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    let limits = JSONLimits(maximumDepth: limit)
    _ = try JSONValue(parsing: nested(limit), limits: limits)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(limit + 1), limits: limits) }
    #expect(error?.kind == .tooDeep)
    #expect(error?.offset == limit)
  }

  @Test("no limit lets a document run the stack over")
  func deepest() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: bytes, limits: JSONLimits(maximumDepth: .max))
    }
    #expect(error?.kind == .tooDeep)
  }
}
