import HTTPServer
import JSON
import RuntimeHost
import Testing

@testable import roost

@Suite("The roost command", .timeLimit(.minutes(5)))
struct CommandLineToolTests {
  @Test("every command explains itself: what, why, an example, its options and its exit codes")
  func help() async {
    let overview = await CommandRun(["help"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for command in CommandCatalogue.all {
      let run = await CommandRun(["help"] + command.path)
      #expect(run.exitCode == .success)
      #expect(run.output.contains("usage: \(command.name)"), "\(command.name)")
      #expect(run.output.contains("  roost \(command.path.first ?? "")") || command.path == ["help"], "\(command.name)")
      #expect(run.output.contains("\nexit codes:\n  0   success\n"), "\(command.name)")
      for line in run.output.split(separator: "\n") { #expect(line.count <= 118, "\(command.name): \(line)") }
      #expect(await CommandRun(command.path + ["--help"]).output == run.output)
      #expect(overview.contains(command.summary))
    }
  }

  @Test("a command takes --json unless it answers nothing", arguments: CommandCatalogue.all.map { $0.name })
  func json(name: String) throws {
    let command = try #require(CommandCatalogue.all.first { $0.name == name })
    #expect(command.options.contains(.json) || [["help"], ["run"]].contains(command.path))
  }

  @Test(
    "a wrong command line is one line and exit code 64",
    arguments: [
      (["flwo"], "roost: unknown command flwo; did you mean flow?\n"),
      (["memory"], "roost: memory needs one of: add, get, search, import\n"),
      (["memory", "serach"], "roost: unknown command memory serach; did you mean memory search?\n"),
      (["--verison"], "roost: unknown option --verison; did you mean --version?\n"),
      (["flow"], "roost: flow: CORRELATION_ID is missing\n"),
      (
        ["graph", "show", "Ann", "--format=svg"],
        "roost: graph show: --format is one of tree, json, dot, mermaid, not svg\n"
      ),
      (
        ["failed", "discard"],
        "roost: failed discard: ID is missing; --all is for every one that the filters let through\n"
      ),
      (
        ["events", "tail", "Memory.*"],
        "roost: events tail: Memory.* is not a pattern of event types, such as memory.* or memory.created\n"
      ),
    ])
  func mistakes(words: [String], line: String) async {
    let run = await CommandRun(words)
    #expect(run.exitCode == .usage)
    #expect(run.errors == line)
    #expect(run.output.isEmpty)
  }

  @Test("no server is one line that says how to start one, and exit code 69")
  func unavailable() async throws {
    let url = try await withServer(Router()) { $0 }
    let run = await CommandRun(["memory", "get", "mem_1", "--url=\(url)", "--json"])
    #expect(run.exitCode == .unavailable)
    #expect(
      run.errors
        == "roost: no server at \(url): start one with `roost run`, or name another with --url or ROOST_URL\n")
    #expect(run.output.isEmpty)
  }

  @Test("a refusal is the problem's own words, and tells a script what kind it is")
  func refusals() async throws {
    var router = Router()
    router.get("/v1/memories/{memory_id}", Operation(id: "get", summary: "", parameters: [.path("memory_id")])) {
      request in
      switch request.parameters["memory_id"] {
      case "missing": throw Problem.notFound("no memory missing")
      case "bad": throw Problem.badRequest("that is no id\u{1B}[31m")
      case "empty":
        throw Problem.invalid([Violation(pointer: "/content", keyword: "minLength", message: "It is empty.")])
      case "secret": throw Problem(.unauthorized, detail: "a token is needed")
      default: throw Problem(.serviceUnavailable, detail: "the database is busy")
      }
    }
    try await withServer(router) { url in
      for (id, code, line) in [
        ("missing", ExitCode.failure, "roost: no memory missing\n"),
        ("bad", .badInput, "roost: that is no id [31m\n"),
        ("empty", .badInput, "roost: /content: It is empty.\n"),
        ("secret", .noPermission, "roost: a token is needed (set ROOST_TOKEN)\n"),
        ("busy", .temporaryFailure, "roost: the database is busy\n"),
      ] {
        let run = await CommandRun(["memory", "get", id], environment: ["ROOST_URL": url])
        #expect(run.exitCode == code)
        #expect(run.errors == line)
      }
    }
  }

  @Test("the token of the environment goes along, and --json prints the server's document alone")
  func token() async throws {
    var router = Router()
    router.post("/v1/memories", Operation(id: "add", summary: "", requestBody: .any)) { request in
      .json(
        [
          "memory_id": "mem_1", "correlation_id": "corr_1", "body": try request.json(),
          "token": .string(request.headers["authorization"] ?? ""),
          "key": .string(request.headers["idempotency-key"] ?? ""),
        ], status: .created)
    }
    try await withServer(router) { url in
      let words = ["memory", "add", "Ann", "--user=u", "--idempotency-key=k"]
      let environment = ["ROOST_URL": url, "ROOST_TOKEN": "t"]
      let document = await CommandRun(words + ["--json"], environment: environment)
      #expect(
        document.output
          == #"{"memory_id":"mem_1","correlation_id":"corr_1","body":{"content":"Ann","user_id":"u"},"token":"Bearer t","key":"k"}"#
          + "\n")
      let text = await CommandRun(words, environment: environment)
      #expect(text.output == "stored mem_1\nfollow it with: roost flow corr_1\n")
    }
  }

  @Test("the version is told")
  func version() async {
    #expect(await CommandRun(["--version"]).output == "roost \(RuntimeHost.version)\n")
  }
}
