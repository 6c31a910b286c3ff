import EventGenerator
import Foundation
import JSON
import Testing

@Suite("What the generator writes")
struct GoldenTests {
  @Test("every generated file that is checked in is what its schema makes now")
  func checkedIn() throws {
    let changes = try Repository.package.changes()
    #expect(changes.isEmpty, "run `swift package generate-events`: \(changes)")
    #expect(try Repository.package.generate().count > 29)
  }

  @Test("the README's schema makes the type that the README's service publishes")
  func readme() throws {
    let readme = try String(contentsOfFile: Repository.path + "/README.md", encoding: .utf8)
    let schema = try #require(readme.split(separator: "```json").dropFirst().first?.split(separator: "```").first)
    let file = try EventGenerator.source(ofSchema: Array(schema.utf8), path: "billing.invoice.created.json")
    #expect(file.path == "BillingInvoiceCreated.generated.swift")
    #expect(file.text.contains("public init(invoiceID: String, memoryID: String,"))
  }

  @Test("a small event, to the letter")
  func plain() throws {
    let schema = """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"test.made","title":"A test was made",\
      "x-version":"1.0","x-aggregate":"test_id","type":"object","required":["test_id"],"properties":{\
      "test_id":{"type":"string","description":"The id."},"score":{"type":"integer","maximum":9}}}
      """
    let file = try EventGenerator.source(ofSchema: Array(schema.utf8), path: "test.made.json")
    #expect(file.path == "TestMade.generated.swift")
    #expect(
      file.text == """
        // Generated from schemas/test.made.json by `swift package generate-events`: edit the schema instead.
        // swift-format-ignore-file

        import Events
        import JSON

        /// A test was made.
        ///
        /// The payload of `test.made`, version 1.0. Events of one `test_id` keep their order.
        public struct TestMade: EventPayload, Hashable, Sendable {
          /// The id.
          public var testID: String
          public var score: Int?
          /// The fields that the schema does not name, as they came.
          public var unknownFields: UnknownFields

          public init(testID: String, score: Int? = nil, unknownFields: UnknownFields = UnknownFields()) {
            self.testID = testID
            self.score = score
            self.unknownFields = unknownFields
          }
        }

        extension TestMade {
          public static let eventType: EventType = "test.made"
          public static var schemaVersion: String { "1.0" }
          public var aggregateID: String { testID }
        }

        extension TestMade {
          public init(from reader: inout JSONReader) throws(JSONError) {
            let start = reader.offset
            var testID: String?
            var score: Int?
            var unknownFields = UnknownFields()
            try reader.readObject { (reader, key) throws(JSONError) in
              switch key {
              case "test_id":
                testID = try reader.readString()
              case "score":
                if try !reader.readIfNull() {
                  let place = reader.offset
                  let value = try reader.readInt()
                  guard value <= 9 else {
                    throw JSONError.constraint("maximum", "must be at most 9", at: place)
                  }
                  score = value
                }
              default: try unknownFields.read(key, from: &reader)
              }
            }
            guard let testID else { throw JSONError.missingField("test_id", at: start) }
            self.testID = testID
            self.score = score
            self.unknownFields = unknownFields
          }

          public func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.key("test_id" as StaticString)
            writer.write(testID)
            if let score {
              writer.key("score" as StaticString)
              writer.write(score)
            }
            unknownFields.write(to: &writer)
            writer.endObject()
          }
        }

        extension TestMade {
          public static let schema = #"\(schema)"#
        }

        """)
  }

  @Test("the order in which schemas are found changes nothing")
  func deterministic() throws {
    let schemas = ["test.a", "test.b"].map { id in
      (
        name: "\(id).json",
        bytes: JSONValue.object([
          "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string(id), "x-version": "1.0",
          "x-aggregate": "id", "type": "object", "required": ["id"], "properties": ["id": ["type": "string"]],
        ]).serialized()
      )
    }
    let forwards = try EventGenerator.sources(ofModule: "M", contract: "TestContract", schemas: schemas)
    let backwards = try EventGenerator.sources(ofModule: "M", contract: "TestContract", schemas: schemas.reversed())
    #expect(forwards == backwards)
    #expect(
      forwards.map(\.path) == ["M/TestA.generated.swift", "M/TestB.generated.swift", "M/TestContract.generated.swift"])
    #expect(forwards[2].text.contains("    TestA.self,\n    TestB.self,\n"))
  }

  @Test("two event types that are one type in Swift are refused")
  func oneTypeTwice() {
    let schemas = ["test.a_b", "test.a.b"].map { id in
      (
        name: "\(id).json",
        bytes: JSONValue.object([
          "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string(id), "x-version": "1.0",
          "x-aggregate": "id", "type": "object", "required": ["id"], "properties": ["id": ["type": "string"]],
        ]).serialized()
      )
    }
    #expect(
      throws: GeneratorError(
        file: "M/schemas/test.a_b.json", pointer: "/$id", "M/schemas/test.a.b.json makes a type TestAB too")
    ) {
      try EventGenerator.sources(ofModule: "M", contract: "TestContract", schemas: schemas)
    }
  }
}
