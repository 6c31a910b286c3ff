import Foundation
import JSON
import Testing

struct JSONFuzzTests {
  static let documents: [String] = [
    #"{"event_id":"e-1","payload":{"entities":[{"name":"Grüße","confidence":0.95},{"name":"日本😀"}],"n":null}}"#,
    #"[1,-2.5e10,0.1E-3,true,false,null,"a\"b\\c\/d\b\f\n\r\t\u00e4",[],{},[[[]]]]"#,
    "  {\"a\" : [ 1 , 2 , {\"b\":\"c\"} ] ,\n\t\"d\":\r\n\"long enough to fill more than one word of eight bytes\"}  ",
    #""just a string, with äöü, and an escape \u0041 at the end""#,
    "-0.0", "12345678901234567890",
  ]

  /// Bytes that JSON's grammar hangs on, so that mutations hit it more often than chance would.
  static let telling =
    Array("{}[]\",:\\/0123456789+-.eEtrufalsn \n\tx".utf8) + [0, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xF0, 0xFF]

  static func mutated(_ document: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = document
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let byte = telling[Int.random(in: 0..<telling.count, using: &random)]
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: bytes[place..<min(place + 8, bytes.count)], at: place)
      }
    }
    return bytes
  }

  @Test("a mutated document is accepted or refused as Foundation does, and never crashes", arguments: 0..<8)
  func agreesWithFoundation(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<2500 {
      let document = Self.documents[Int.random(in: 0..<Self.documents.count, using: &random)]
      let bytes = Self.mutated(Array(document.utf8), &random)
      let ours = Result { () throws(JSONError) in try JSONValue(parsing: bytes) }
      let passed = Result { () throws(JSONError) in
        try JSONReader.read(bytes) { (reader) throws(JSONError) in try reader.skipValue() }
      }
      #expect((try? ours.get()) != nil || (try? passed.get()) == nil, "read and passed over differ: \(bytes)")
      if case .failure(let error) = ours { #expect(0...bytes.count ~= error.offset) }
      if case .success(let value) = ours {
        #expect((try? JSONValue(parsing: value.serialized())) == value, "\(String(decoding: bytes, as: UTF8.self))")
      }
      guard Self.isComparable(bytes, ours) else { continue }
      let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      #expect(((try? ours.get()) != nil) == (theirs != nil), "\(String(decoding: bytes, as: UTF8.self)) \(ours)")
    }
  }

  /// Where Foundation is no yardstick: it guesses other encodings from zero bytes, refuses numbers that no Double
  /// holds, and lets a comma stand before a closing bracket.
  static func isComparable(_ bytes: [UInt8], _ result: Result<JSONValue, JSONError>) -> Bool {
    if bytes.contains(0) { return false }
    switch result {
    case .success(let value): return !holdsOverflow(value)
    case .failure(let error):
      let before = bytes.prefix(error.offset).last { !" \n\r\t".utf8.contains($0) }
      let isAtBracket = error.offset < bytes.count && "]}".utf8.contains(bytes[error.offset])
      return !(isAtBracket && before == UInt8(ascii: ","))
    }
  }

  static func holdsOverflow(_ value: JSONValue) -> Bool {
    switch value {
    case .largeNumber: value.doubleValue == nil
    case .array(let elements): elements.contains(where: holdsOverflow)
    case .object(let object): object.contains { holdsOverflow($0.value) }
    default: false
    }
  }
}
