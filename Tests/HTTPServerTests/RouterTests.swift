import Testing

@testable import HTTPServer

@Suite("Routes")
struct RouterTests {
  private static let router: Router = {
    var router = Router()
    for path in ["/", "/a/{id}", "/a/search", "/a/{id}/b", "/files/{path...}", "/a/search/{word}"] {
      router.get(path, Operation(id: path, summary: "")) { _ in .empty() }
    }
    router.post("/a/{id}", Operation(id: "post", summary: "")) { _ in .empty() }
    return router
  }()

  @Test(
    "a path goes to the route that says it most exactly",
    arguments: [
      ("/", "/", [:]), ("/a/1", "/a/{id}", ["id": "1"]), ("/a/search", "/a/search", [:]),
      ("/a/search/x", "/a/search/{word}", ["word": "x"]),
      // A literal that leads nowhere does not hide the parameter beside it.
      ("/a/search/b", "/a/search/{word}", ["word": "b"]), ("/a/1/b", "/a/{id}/b", ["id": "1"]),
      ("/files/x/y%20z", "/files/{path...}", ["path": "x/y z"]), ("/a/%2F", "/a/{id}", ["id": "/"]),
    ] as [(String, String, [String: String])])
  func resolve(path: String, template: String, parameters: [String: String]) throws {
    guard case .found(let route) = Self.router.resolve(.get, path[...]) else {
      Issue.record("\(path) was not found")
      return
    }
    #expect(route.route.path == template)
    #expect(route.parameters == parameters)
  }

  @Test("what no route takes is told apart: no such path, no such method, no path at all")
  func missing() {
    for path in ["/b", "/a", "/a/1/c", "/a/1/", "/a//b"] {
      guard case .notFound = Self.router.resolve(.get, path[...]) else {
        Issue.record("\(path) was found")
        continue
      }
    }
    guard case .wrongMethod(let allowed) = Self.router.resolve(.delete, "/a/1") else {
      Issue.record("DELETE /a/1 was found")
      return
    }
    #expect(allowed == [.get, .head, .options, .post])
    for path in ["", "a", "/a/%", "/a/%00", "/a/%FF"] {
      guard case .badPath = Self.router.resolve(.get, path[...]) else {
        Issue.record("\(path) is a path")
        continue
      }
    }
  }

  @Test(
    "a path that is no template is none", arguments: ["", "a", "/a//b", "/{a", "/{}", "/{a}/{a}", "/{a...}/b", "/x{a}"])
  func templates(path: String) {
    #expect(PathTemplate(path) == nil)
  }
}
