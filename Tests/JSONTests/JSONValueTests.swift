import JSON
import Testing

struct JSONValueTests {
  @Test(
    "what is compact is written as it was read",
    arguments: [
      "null", "true", "false", "0", "-1", "1.5", "-0.0", "9223372036854775807", "18446744073709551615", "1e999",
      "-123456789012345678901234567890", #""""#, #""ä😀""#, #""\"\\\n\r\t\b\f\u0001\u001f""#, "[]", "{}", "[[],{}]",
      #"{"b":1,"a":[true,null,{"c":"d"}],"":{}}"#,
    ])
  func roundTrip(text: String) throws {
    #expect(try JSONValue(parsing: text).text == text)
  }

  @Test("every control character is escaped, and comes back")
  func controlCharacters() throws {
    let text = String(String.UnicodeScalarView((0..<0x80).compactMap { UnicodeScalar($0) }))
    let bytes = JSONValue.string(text).serialized()
    #expect(!bytes.contains { $0 < 0x20 })
    #expect(try JSONValue(parsing: bytes) == .string(text))
  }

  @Test("a string of any length and with an escape at any place comes back")
  func everyAlignment() throws {
    for length in 0..<40 {
      for special in 0...length {
        var text = String(repeating: "x", count: length)
        text.insert(contentsOf: "\"é", at: text.index(text.startIndex, offsetBy: special))
        let value = JSONValue.array([.string(text), .integer(1)])
        #expect(try JSONValue(parsing: value.serialized()) == value)
      }
    }
  }

  @Test("of two fields with one name the last wins")
  func duplicates() throws {
    let value = try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#)
    #expect(value.text == #"{"a":3,"b":2}"#)
  }

  @Test("an object of many fields keeps their order and finds each")
  func manyFields() throws {
    var object = JSONObject()
    for index in 0..<1000 { object["key\(index)"] = .integer(Int64(index)) }
    for index in stride(from: 0, to: 1000, by: 250) { object["key\(index)"] = nil }
    #expect(object.count == 996)
    #expect(object.keys.first == "key1")
    #expect(object["key999"] == 999)
    #expect(object["key250"] == nil)
    #expect(try JSONValue(parsing: JSONValue.object(object).serialized()) == .object(object))
  }

  @Test("the order of fields does not matter to equality")
  func equality() {
    let left: JSONValue = ["a": 1, "b": [2, nil]]
    let right: JSONValue = ["b": [2, nil], "a": 1]
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left != ["a": 1, "b": [2, false]])
  }

  @Test("a value is looked into, and changed, by subscripts")
  func subscripts() {
    var value: JSONValue = ["name": "roost", "tags": ["a", 2, 2.0, 2.5]]
    #expect(value["name"]?.stringValue == "roost")
    #expect(value["tags"]?[1]?.intValue == 2)
    #expect(value["tags"]?[2]?.intValue == 2)
    #expect(value["tags"]?[3]?.intValue == nil)
    #expect(value["tags"]?[3]?.doubleValue == 2.5)
    #expect(value["tags"]?[4] == nil)
    #expect(value["none"]?["deeper"] == nil)
    value["name"] = nil
    value["new"] = .null
    #expect(value.text == #"{"tags":["a",2,2.0,2.5],"new":null}"#)
  }

  @Test("pretty text indents by two spaces and reads as the same value")
  func pretty() throws {
    let value: JSONValue = ["a": [1, [:]], "b": ["c": "d"], "e": []]
    let expected = """
      {
        "a": [
          1,
          {}
        ],
        "b": {
          "c": "d"
        },
        "e": []
      }
      """
    let bytes = value.serialized(pretty: true)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    #expect(try JSONValue(parsing: bytes) == value)
  }
}
