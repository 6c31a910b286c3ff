import Testing

@testable import roost

@Suite("The command line")
struct ParsedArgumentsTests {
  private let options: [CommandOption] = [
    .value("depth", "N", ""), .value("user", "ID", ""), .flag("json", ""), .flag("all", ""),
  ]

  private func message(_ arguments: [String]) -> String? {
    do throws(CommandError) {
      let parsed = try ParsedArguments(arguments, options: options)
      _ = try parsed.int("depth", in: 1...10)
      _ = try parsed.positionals("NAME")
      return nil
    } catch {
      #expect(error.exitCode == .usage)
      return error.message
    }
  }

  @Test("options stand anywhere, with their value behind = or as the next word")
  func optionsAndArguments() throws {
    let parsed = try ParsedArguments(["--depth=2", "a", "--user", "-u", "--json", "b"], options: options)
    #expect(parsed.positionals == ["a", "b"])
    #expect(try parsed.int("depth", in: 1...10) == 2)
    #expect(parsed.string("user") == "-u")
    #expect(parsed.has("json"))
    #expect(!parsed.has("all"))
  }

  @Test("behind -- everything is an argument, and - alone always is one")
  func end() throws {
    let parsed = try ParsedArguments(["-", "--", "--depth=2", "--"], options: options)
    #expect(parsed.positionals == ["-", "--depth=2", "--"])
  }

  @Test("a value may be empty and may hold =, and the last one counts")
  func values() throws {
    let parsed = try ParsedArguments(["--user=a", "--user=x=y"], options: options)
    #expect(parsed.string("user") == "x=y")
    #expect(try ParsedArguments(["--user="], options: options).string("user") == "")
  }

  @Test(
    "a mistake is one line that names it",
    arguments: [
      (["a", "--dept=2"], "unknown option --dept; did you mean --depth?"),
      (["a", "--jsno"], "unknown option --jsno; did you mean --json?"),
      (["a", "--colour"], "unknown option --colour"),
      (["a", "-x"], "unknown option -x"),
      (["a", "--depth"], "--depth needs a value: --depth=N"),
      (["a", "--depth", "--json"], "--depth needs a value: --depth=N"),
      (["a", "--json=1"], "--json takes no value"),
      (["a", "--depth=0"], "--depth is a whole number from 1 to 10, not 0"),
      (["a", "--depth=two"], "--depth is a whole number from 1 to 10, not two"),
      ([], "NAME is missing"),
      (["a", "b"], "unexpected argument b"),
    ])
  func mistakes(arguments: [String], expected: String) {
    #expect(message(arguments) == expected)
  }

  @Test("a choice that is none names all")
  func choice() throws {
    let parsed = try ParsedArguments(["--user=svg"], options: options)
    let error = #expect(throws: CommandError.self) { try parsed.choice("user", of: GraphFormat.self) }
    #expect(error?.message == "--user is one of tree, json, dot, mermaid, not svg")
  }
}
