import Foundation
import JSON
import Testing

@testable import roost

/// The commands against the server that they are for.
@Suite("The roost command and its server", .timeLimit(.minutes(5)))
struct AgainstHostTests {
  @Test("what is stored is got, found, in the graph and in a flow")
  func memory() async throws {
    try await withHost { url in
      let environment = ["ROOST_URL": url]
      let words = ["memory", "add", "John visited Paris last summer.", "--user=ann", "--idempotency-key=k", "--json"]
      let added = try JSONValue(parsing: await CommandRun(words, environment: environment).output)
      #expect(
        try JSONValue(parsing: await CommandRun(words, environment: environment).output)["memory_id"]
          == added["memory_id"])
      let id = try #require(added["memory_id"]?.stringValue)
      let flow = try #require(added["correlation_id"]?.stringValue)
      let tail = await CommandRun(
        ["events", "tail", "knowledge_graph.updated", "--from-beginning", "--limit=1", "--json"],
        environment: environment)
      #expect(try JSONValue(parsing: tail.output)["metadata"]?["correlation_id"]?.stringValue == flow)

      #expect(
        await CommandRun(["memory", "get", id], environment: environment).output.contains("\nJohn visited Paris"))
      let found = await CommandRun(["memory", "search", "paris"], environment: environment)
      #expect(found.output.contains(id))
      #expect(found.output.contains("entity: Paris (location)"))
      let tree = await CommandRun(["graph", "show", "John"], environment: environment)
      #expect(tree.output.hasPrefix("John (person)\n└─ visited → Paris (location)"))
      let graph = try JSONValue(
        parsing: await CommandRun(["graph", "show", "John", "--format=json"], environment: environment).output)
      #expect(graph["facts"]?.arrayValue?.count == 1)
      #expect(await CommandRun(["graph", "show", "Nobody"], environment: environment).exitCode == .failure)
      #expect(await CommandRun(["flow", "corr_nowhere"], environment: environment).exitCode == .failure)
    }
  }

  @Test("a name is listed once, shown, and removed by its alias")
  func names() async throws {
    try await withHost { url in
      let environment = ["ROOST_URL": url]
      let words = ["names", "add", "Acme Corporation", "--type=organization", "--alias=ACME", "--alias=Anvil Works"]
      let added = await CommandRun(words, environment: environment)
      #expect(added.output.hasPrefix("listed name_"), "\(added.errors)")
      #expect(await CommandRun(words, environment: environment).output == added.output)
      let listed = await CommandRun(["names", "list"], environment: environment)
      #expect(listed.output.contains("Acme Corporation"))
      #expect(listed.output.contains("ACME, Anvil Works"))
      let taken = await CommandRun(["names", "add", "acme", "--type=person"], environment: environment)
      #expect(taken.exitCode == .failure)
      #expect(taken.errors.contains("Acme Corporation"), "\(taken.errors)")
      let document = try JSONValue(
        parsing: await CommandRun(["names", "list", "--json"], environment: environment).output)
      let id = try #require(document["items"]?[0]?["name_id"]?.stringValue)
      #expect(
        await CommandRun(["names", "remove", "acme"], environment: environment).output == "removed \(id)\n")
      #expect(await CommandRun(["names", "list"], environment: environment).output == "no names are listed\n")
      for name in ["acme", id] {
        #expect(await CommandRun(["names", "remove", name], environment: environment).exitCode == .failure)
      }
      #expect(await CommandRun(["names", "add", "Acme"], environment: environment).exitCode == .usage)
      #expect(await CommandRun(["names", "add", "A", "--type=thing"], environment: environment).exitCode == .usage)
    }
  }

  @Test("a repeated import finds everything there")
  func repeatedImport() async throws {
    try await withHost { url in
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      let file = folder.path + "/memories.jsonl"
      let lines = (1...50).map { #"{"text":"Ann met Bob in Rome, time \#($0)."}"# }
      try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
      let words = ["memory", "import", file, "--url=\(url)", "--json"]
      let first = try JSONValue(parsing: await CommandRun(words).output)
      #expect(first["stored"]?.intValue == 50)
      let second = try JSONValue(parsing: await CommandRun(words).output)
      #expect(second["stored"]?.intValue == 0)
      #expect(second["present"]?.intValue == 50)
    }
  }

  @Test("a server that is well is told so, and what is not there is refused in its own words")
  func state() async throws {
    try await withHost { url in
      let environment = ["ROOST_URL": url]
      let status = await CommandRun(["status", "--json"], environment: environment)
      let document = try JSONValue(parsing: status.output)
      #expect(document["services"]?.arrayValue?.count == platformServices.count)
      let doctor = await CommandRun(["doctor", "--data-dir=/tmp/roost-nowhere"], environment: environment)
      #expect(doctor.exitCode == .success, "\(doctor.output)")
      #expect(doctor.output.contains("6 ready, nothing stuck, nothing failed"))
      #expect(await CommandRun(["failed", "list"], environment: environment).output == "no failed deliveries\n")
      let retried = await CommandRun(["failed", "retry", "--all", "--type=memory.*"], environment: environment)
      #expect(retried.output == "0 deliveries due again\n", "\(retried.errors)")
      let discarded = await CommandRun(
        ["failed", "discard", "--all", "--status=dead", "--reason=none", "--json"], environment: environment)
      #expect(discarded.output == "{\"count\":0}\n", "\(discarded.errors)")
      for words in [["failed", "retry", "fd_x"], ["failed", "discard", "fd_x"], ["failed", "edit", "fd_x"]] {
        let run = await CommandRun(words, environment: environment)
        #expect(run.exitCode == .failure)
        #expect(run.errors.contains("fd_x"), "\(run.errors)")
      }
    }
  }
}
