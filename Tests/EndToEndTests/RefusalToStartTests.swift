import Foundation
import RoostTesting
import Testing

/// What stops the start: one line that a person can act on, and an exit code that a script can.
@Suite("Refusals to start")
struct RefusalToStartTests {
  private func refusal(_ roost: RoostProcess) async -> (ending: RoostProcess.Ending, lines: [Substring]) {
    let ending = await roost.end()
    return (ending, roost.errorText.split(separator: "\n"))
  }

  private func expectRefusal(_ roost: RoostProcess, naming words: String...) async {
    let (ending, lines) = await refusal(roost)
    #expect(ending != .exited(0))
    if case .killed(let signal) = ending { Issue.record("it was killed by signal \(signal): \(lines)") }
    #expect(lines.count == 1, "one line, not \(lines)")
    for word in words { #expect(lines.joined().contains(word), "\(lines) does not name \(word)") }
  }

  @Test("an unknown setting", .timeLimit(.minutes(5)))
  func unknownSetting() async throws {
    try await withTemporaryFolder { folder in
      await expectRefusal(
        try RoostProcess(dataFolder: folder.appending(path: "1"), arguments: ["--body-limits", "7"]),
        naming: "--body-limits")
      await expectRefusal(
        try RoostProcess(dataFolder: folder.appending(path: "2"), environment: ["ROOST_LOG_LEVLE": "debug"]),
        naming: "ROOST_LOG_LEVLE")
      await expectRefusal(
        try RoostProcess(dataFolder: folder.appending(path: "3"), arguments: ["--log-level", "loud"]), naming: "loud")
    }
  }

  @Test("a port that is taken", .timeLimit(.minutes(5)))
  func takenPort() async throws {
    try await withTemporaryFolder { folder in
      let first = try RoostProcess(dataFolder: folder.appending(path: "one"))
      try await first.waitUntilReady()
      let port = String(first.url.split(separator: ":").last ?? "")
      let second = try RoostProcess(
        dataFolder: folder.appending(path: "two"), arguments: ["--listen", "127.0.0.1:\(port)"])
      await expectRefusal(second, naming: port)
    }
  }

  @Test("a data folder that cannot be written", .timeLimit(.minutes(5)))
  func unwritableFolder() async throws {
    try await withTemporaryFolder { folder in
      // A file in the folder's place: no permission that root would walk past.
      let file = folder.appending(path: "file")
      try Data("not a folder".utf8).write(to: file)
      await expectRefusal(try RoostProcess(dataFolder: file), naming: file.path)
    }
  }

  @Test("a database that is damaged, or of a newer version", .timeLimit(.minutes(5)), arguments: ["damaged", "newer"])
  func database(fault: String) async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let roost = try RoostProcess(dataFolder: data)
      try await roost.waitUntilReady()
      roost.send(SIGTERM)
      #expect(await roost.end() == .exited(0))
      let database = data.appending(path: "memory.db")
      if fault == "damaged" {
        try Data(repeating: 0xA5, count: 8_192).write(to: database)
      } else {
        try await MigrationsOfTheFuture.add(to: database, component: "memory")
      }
      let again = try RoostProcess(dataFolder: data, arguments: [])
      let (ending, lines) = await refusal(again)
      #expect(ending != .exited(0))
      let last = try #require(lines.last)
      #expect(last.contains("memory.db"), "\(lines)")
    }
  }

  @Test(
    "a PostgreSQL database that is not there, in one line that keeps the password to itself", .timeLimit(.minutes(1)),
    .enabled(if: TestEngine.postgresql.isAvailable, "ROOST_TEST_POSTGRES_URL is not set"))
  func unknownDatabase() async throws {
    var url = try #require(URLComponents(string: TestEngine.postgreSQLAddress ?? ""))
    url.path = "/no_such_database"
    url.password = "hunter22"
    try await withTemporaryFolder { folder in
      let roost = try RoostProcess(
        dataFolder: folder.appending(path: "data"), environment: ["ROOST_DATABASE_URL": url.string ?? ""])
      await expectRefusal(roost, naming: "no_such_database", "does not exist")
      #expect(!roost.errorText.contains("hunter22"))
    }
  }
}
