import Extraction
import Foundation
import JSON
import Testing

@testable import roost

@Suite("roost extract", .timeLimit(.minutes(5)))
struct ExtractTests {
  /// A file for as long as the closure runs.
  private func withFile<Value>(
    _ name: String, _ bytes: [UInt8], _ body: (String) async throws -> Value
  ) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "roost-extract-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: name)
    try Data(bytes).write(to: url)
    return try await body(url.path)
  }

  private func lines(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
  }

  @Test("a text is answered with what it holds, at places in bytes of UTF-8")
  func text() async throws {
    let text = "Zoë Müller visited Paris in 2019."
    let run = await CommandRun(["extract", text, "--json"])
    #expect(run.exitCode == .success)
    #expect(run.errors.isEmpty)
    let answer = try JSONValue(parsing: Array(run.output.utf8))
    let bytes = Array(text.utf8)
    let entities = try #require(answer["entities"]?.arrayValue)
    #expect(entities.contains { $0["text"] == "Paris" && $0["type"] == "location" })
    for found in entities + (answer["relationships"]?.arrayValue ?? []) {
      let (start, end) = (try #require(found["start"]?.intValue), try #require(found["end"]?.intValue))
      #expect(found["text"]?.stringValue == String(decoding: bytes[start..<end], as: UTF8.self))
      let confidence = try #require(found["confidence"]?.doubleValue)
      #expect((0...1).contains(confidence))
    }
    let visit = try #require(answer["relationships"]?.arrayValue?.first { $0["type"] == "visited" })
    #expect(visit["target"] == "Paris")
    #expect(visit["valid_from"] == "2019-01-01T00:00:00Z")
    #expect(visit["valid_to"] == "2020-01-01T00:00:00Z")
  }

  @Test("the names of a file are found with their types, and told by their canonical names")
  func names() async throws {
    let file = "Zorbly\tproduct\n\n  Acme Corporation\torganization\tACME\tAnvil Works\n"
    try await withFile("names.tsv", Array(file.utf8)) { path in
      let run = await CommandRun(["extract", "we moved ACME to zorbly last week", "--names=\(path)", "--json"])
      #expect(run.exitCode == .success, "\(run.errors)")
      let entities = try JSONValue(parsing: run.output)["entities"]?.arrayValue ?? []
      #expect(entities.contains { $0["name"] == "Acme Corporation" && $0["text"] == "ACME" })
      #expect(entities.contains { $0["text"] == "zorbly" && $0["type"] == "product" && $0["confidence"] == 0.98 })
    }
  }

  @Test(
    "a file of names with a line that is none is refused by the line's number",
    arguments: [
      ("Zorbly\tproduct\nZorb\n", "line 2: a name, a tab and its type are wanted"),
      ("Zorbly\tthing\n", "line 1: the type is one of person, organization, location, product, event, work, not thing"),
      ("\n?!\tproduct\n", "line 2: a name has a letter or a digit and at most 8 words: ?!"),
    ])
  func wrongNames(file: String, message: String) async throws {
    try await withFile("names.tsv", Array(file.utf8)) { path in
      let run = await CommandRun(["extract", "Ann", "--names=\(path)"])
      #expect(run.exitCode == .badInput)
      #expect(run.errors.hasSuffix("\(path): \(message)\n"), "\(run.errors)")
    }
    #expect(await CommandRun(["extract", "Ann", "--names=/nowhere/names.tsv"]).exitCode == .noInput)
  }

  @Test("a file's lines are answered one for one, each read against its own time")
  func manyLines() async throws {
    let file = """
      {"id":7,"text":"John visited Paris last summer.","time":"2020-02-01T00:00:00Z"}

      {"content":"John visited Paris last summer."}
      {"text":""}
      """
    try await withFile("notes.jsonl", Array(file.utf8)) { path in
      let run = await CommandRun(["extract", "--json", path, "--time=2011-02-01T00:00:00Z"])
      #expect(run.exitCode == .success)
      let answers = try lines(run.output)
      #expect(answers.count == 3)
      #expect(answers[0]["id"] == 7)
      #expect(answers[0]["relationships"]?[0]?["valid_from"]?.stringValue?.hasPrefix("2019-") == true)
      #expect(answers[1]["id"] == nil)
      #expect(answers[1]["relationships"]?[0]?["valid_from"]?.stringValue?.hasPrefix("2010-") == true)
      #expect(answers[2]["entities"] == [] && answers[2]["relationships"] == [])
    }
  }

  @Test("a bad line is told by its number, keeps its place among the answers, and the others go on")
  func badLines() async throws {
    let file =
      Array("{\"text\":\"John visited Paris.\"}\nnonsense\n[]\n{\"text\":5}\n".utf8) + Array("{\"text\":\"".utf8)
      + [0xFF, 0xFE] + Array("\"}\n{\"text\":\"a\",\"time\":\"soon\"}\n{\"text\":\"Mary lives in Rome.\"}".utf8)
    try await withFile("notes.jsonl", file) { path in
      let run = await CommandRun(["extract", "--json", path])
      #expect(run.exitCode == .badInput)
      let answers = try lines(run.output)
      #expect(answers.map { $0["error"] != nil } == [false, true, true, true, true, true, false])
      #expect(answers.allSatisfy { $0["entities"]?.arrayValue != nil && $0["relationships"]?.arrayValue != nil })
      #expect(answers.last?["entities"]?.arrayValue?.isEmpty == false)
      let told = run.errors.split(separator: "\n")
      #expect(told.count == 5)
      for (line, number) in zip(told, 2...6) { #expect(line.hasPrefix("\(path): line \(number): ")) }
    }
  }

  @Test("a file that is no list of lines is one text, line ends and all")
  func file() async throws {
    let text = "John visited Paris.\r\nMary lives in Rome.\r\n"
    try await withFile("note.txt", Array(text.utf8)) { path in
      let run = await CommandRun(["extract", "--json", path])
      #expect(run.exitCode == .success)
      let answer = try JSONValue(parsing: Array(run.output.utf8))
      let rome = try #require(answer["entities"]?.arrayValue?.first { $0["text"] == "Rome" })
      #expect(rome["start"] == 35)
    }
    try await withFile("note.txt", [0x41, 0xFF]) { path in
      let run = await CommandRun(["extract", path])
      #expect(run.exitCode == .badInput)
      #expect(run.errors == "roost: \(path) is not UTF-8\n")
    }
  }

  @Test("for a person, entities and relationships stand in columns with the words that they rest on")
  func report() {
    let extraction = Extraction(
      entities: [
        ExtractedEntity(name: "Maria Berg", text: "Maria", type: "person", start: 0, end: 5, confidence: 0.875),
        ExtractedEntity(name: "Oslo", text: "Oslo", type: "location", start: 14, end: 18, confidence: 0.5),
      ],
      relationships: [
        ExtractedRelationship(
          source: "Maria Berg", target: "Oslo", sourceType: "person", targetType: "location", type: "lives_in",
          confidence: 0.75, start: 0, end: 18, text: "Maria lives in\u{1B}[2J Oslo", validFrom: "2019-01-01T00:00:00Z")
      ])
    #expect(
      ExtractionReport(extraction).lines(width: nil) == [
        "entity      type      confidence  bytes  words",
        "Maria Berg  person          0.88    0–5  Maria",
        "Oslo        location        0.50  14–18  Oslo",
        "",
        "source      relationship  target  confidence  when              words",
        "Maria Berg  lives_in      Oslo          0.75  since 2019-01-01  Maria lives in [2J Oslo",
      ])
    #expect(ExtractionReport(Extraction()).lines(width: nil) == ["nothing found"])
  }

  @Test("a file of lines that is not there is no text")
  func missing() async {
    let run = await CommandRun(["extract", "--json", "/nowhere/notes.jsonl"])
    #expect(run.exitCode == .noInput)
    #expect(run.output.isEmpty)
    #expect(run.errors == "roost: cannot read /nowhere/notes.jsonl: No such file or directory\n")
  }

  @Test("a time that is none is a wrong command line")
  func time() async {
    let run = await CommandRun(["extract", "John", "--time=soon"])
    #expect(run.exitCode == .usage)
    #expect(run.errors.hasPrefix("roost: extract: --time: 'soon' is no RFC 3339 time"))
  }
}
