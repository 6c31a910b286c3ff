import HTTPServer
import JSON
import Testing

@Suite("Requests that cannot be taken")
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var request: String
    var status: Int
    /// What the answer must say.
    var says: String
    var header: (name: String, value: String)?

    init(
      _ description: String, _ request: String, _ status: Int, says: String, header: (String, String)? = nil
    ) {
      testDescription = description
      self.request = request
      self.status = status
      self.says = says
      self.header = header
    }
  }

  static let cases = [
    Case("malformed JSON", post("/things", #"{"name": tru}"#), 400, says: #""offset":12"#),
    Case("JSON that is cut off", post("/things", #"{"name": "a"#), 400, says: #""offset":11"#),
    Case("nesting over the limit", post("/things", String(repeating: "[", count: 1_000)), 400, says: "nest"),
    Case("an unknown field", post("/things", #"{"name":"a","nam":1}"#), 422, says: #""pointer":"/nam""#),
    Case("a missing field", post("/things", "{}"), 422, says: #""pointer":"/name","keyword":"required""#),
    Case("a field of another type", post("/things", #"{"name":7}"#), 422, says: #""keyword":"type""#),
    Case("no body", post("/things", ""), 400, says: "missing-body"),
    Case(
      "a body that is no JSON", post("/things", "name=a", contentType: "text/plain"), 415,
      says: "application/json", header: ("Accept", "application/json")),
    Case("a body that is announced as too large", post("/things", oversized), 413, says: #""limit":1024"#),
    Case(
      "a body that turns out to be too large",
      "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "800\r\n\(oversized)\r\n0\r\n\r\n", 413, says: #""limit":1024"#),
    Case("header fields over the limit", get("/things", headers: "X: \(oversized)\r\n"), 431, says: "header fields"),
    Case("a host that is another's", "GET /things HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, says: "host name"),
    Case("a query key that is not known", get("/things?limti=1"), 400, says: "limti"),
    Case("a page size below one", get("/things?limit=-1"), 400, says: #""parameter":"limit""#),
    Case("a page size beyond any number", get("/things?limit=99999999999999999999"), 400, says: "limit"),
    Case("a page size that is none", get("/things?limit=many"), 400, says: "whole number"),
    Case("a parameter twice", get("/things?limit=1&limit=2"), 400, says: "once only"),
    Case("a broken escape in the query", get("/things?limit=%f"), 400, says: "escape"),
    Case("a broken escape in the path", get("/things/%zz"), 400, says: "path"),
    Case("a path that is not there", get("/nothing"), 404, says: "/nothing"),
    Case(
      "a method that is not there", get("/things", method: "DELETE"), 405, says: "DELETE",
      header: ("Allow", "GET, HEAD, OPTIONS, POST")
    ),
  ]

  private static let oversized = String(repeating: "a", count: 2_048)

  static var router: Router {
    var router = Router()
    router.post(
      "/things", Operation(id: "make", summary: "", requestBody: .object(["name": .string()], required: ["name"]))
    ) { _ in .empty() }
    router.get(
      "/things",
      Operation(id: "list", summary: "", parameters: [.query("limit", .integer(minimum: 1, maximum: 1_000))])
    ) { _ in .empty() }
    router.get("/things/{id}", Operation(id: "get", summary: "")) { _ in .empty() }
    return router
  }

  @Test("get a problem that names what is wrong, and the server goes on", arguments: cases)
  func refused(input: Case) async throws {
    let configuration = HTTPServerConfiguration(bodyLimit: 1_024, headerLimit: 1_024)
    try await withServer(Self.router, configuration: configuration) { port in
      let response = try await exchange(port, input.request)
      #expect(response.status == input.status)
      #expect(response["Content-Type"] == "application/problem+json")
      let problem = try JSONValue(parsing: Array(response.body.utf8))
      #expect(problem["status"]?.intValue == input.status)
      #expect(problem["type"]?.stringValue?.isEmpty == false)
      #expect(problem["title"]?.stringValue?.isEmpty == false)
      #expect(response.body.contains(input.says), "\(response.body)")
      if let (name, value) = input.header { #expect(response[name] == value) }
      #expect(try await exchange(port, post("/things", #"{"name":"a"}"#)).status == 204)
    }
  }

  @Test("what is no HTTP is refused or hung up on, and the server goes on")
  func noHTTP() async throws {
    try await withServer(Self.router) { port in
      for bytes in ["\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", "GET\r\n\r\n", "GET /things HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n"] {
        let connection = try RawConnection(port: port)
        await connection.send(bytes)
        await connection.close()
      }
      #expect(try await exchange(port, get("/things")).status == 204)
    }
  }
}
