import HTTPClient
import Testing

@Suite("The parser of server-sent events")
struct ServerSentEventParserTests {
  /// What the whole text gives, and the parser after it.
  private func parse(_ text: String, limit: Int = .max) throws -> ([HTTPClientEvent], ServerSentEventParser) {
    var parser = ServerSentEventParser(limit: limit)
    return (try parser.parse(Array(text.utf8)), parser)
  }

  @Test(
    "lines and fields are read as the standard says",
    arguments: [
      ("data: a\n\n", [HTTPClientEvent(data: "a")]),
      ("data:a\r\rdata:b\r\r", [HTTPClientEvent(data: "a"), HTTPClientEvent(data: "b")]),
      ("data: YHOO\r\ndata: +2\r\ndata: 10\r\n\r\n", [HTTPClientEvent(data: "YHOO\n+2\n10")]),
      (": a comment\ndata: a\n:\n\n", [HTTPClientEvent(data: "a")]),
      ("data\n\ndata\ndata\n\ndata:", [HTTPClientEvent(data: ""), HTTPClientEvent(data: "\n")]),
      ("data:test\n\ndata: test\n\n", [HTTPClientEvent(data: "test"), HTTPClientEvent(data: "test")]),
      ("data:  two\n\n", [HTTPClientEvent(data: " two")]),
      ("event: memory.created\nid: 7\ndata: {}\n\n", [HTTPClientEvent(id: "7", event: "memory.created", data: "{}")]),
      ("event: a\n\ndata: b\n\n", [HTTPClientEvent(data: "b")]),
      (
        "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
        [HTTPClientEvent(id: "1", data: "a"), HTTPClientEvent(id: "1", data: "b"), HTTPClientEvent(data: "c")]
      ),
      ("id: 1\n\ndata: a\n\n", [HTTPClientEvent(id: "1", data: "a")]),
      ("id: 1\u{0}2\ndata: a\n\n", [HTTPClientEvent(data: "a")]),
      ("\u{FEFF}data: a\n\ndata: \u{FEFF}b\n\n", [HTTPClientEvent(data: "a"), HTTPClientEvent(data: "\u{FEFF}b")]),
      ("Data: a\nother: b\ndata: é: c\n\n", [HTTPClientEvent(data: "é: c")]),
      ("data: cut off\n", []),
    ])
  func fields(text: String, events: [HTTPClientEvent]) throws {
    #expect(try parse(text).0 == events)
  }

  @Test("an event that arrives byte by byte is the event that arrives at once", arguments: ["\n", "\r", "\r\n"])
  func pieces(lineEnd: String) throws {
    let text = [": hello", "id: 4", "event: a.b", "data: é1", "data: 2", "", "data: 3", "", ""]
      .joined(separator: lineEnd)
    let whole = try parse(text).0
    #expect(whole == [HTTPClientEvent(id: "4", event: "a.b", data: "é1\n2"), HTTPClientEvent(id: "4", data: "3")])
    var parser = ServerSentEventParser()
    var events: [HTTPClientEvent] = []
    for byte in text.utf8 { events += try parser.parse(CollectionOfOne(byte)) }
    #expect(events == whole)
  }

  @Test("the waiting time before a new connection is taken from whole digits alone")
  func retry() throws {
    #expect(try parse("retry: 1500\n").1.retry == .milliseconds(1500))
    for text in ["retry: 1.5\n", "retry: -1\n", "retry:\n", "retry: 99999999999999999999999\n"] {
      #expect(try parse(text).1.retry == nil, "\(text)")
    }
  }

  @Test("an event larger than the limit is refused before it is complete")
  func limit() throws {
    #expect(try parse("data: 123\n\ndata: 456\n\n", limit: 12).0.count == 2)
    let error = #expect(throws: HTTPClientError.self) { try parse("data: 1234567\ndata: 1234567", limit: 16) }
    #expect(error?.kind == .tooLarge)
  }
}
