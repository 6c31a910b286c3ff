import Foundation
import HTTPClient
import JSON
import RoostTesting
import RuntimeHost
import Synchronization
import Testing

@Suite("A host's start and stop", .timeLimit(.minutes(5)))
struct ShutdownTests {
  /// Answers when the test lets it.
  private struct PatientService: ServicePlugin {
    static let name = "answering"
    static let publishes: [any EventPayload.Type] = [AnswerGiven.self]
    static let begun = Recorder<String>()
    static let release = Recorder<Void>()

    init(configuration: ServiceConfiguration) {}

    func register(in service: inout ServiceRegistration) {
      service.on(QuestionAsked.self, name: "answer") { event, context in
        Self.begun.append(event.payload.questionID)
        try await Self.release.wait(count: 1)
        try await context.transaction { tx in
          try tx.publish(AnswerGiven(questionID: event.payload.questionID, text: "at last"))
        }
      }
    }
  }

  @Test("what runs is finished, committed and sent before the host has stopped, and is not done again")
  func drains() async throws {
    try await TestDatabases.run(on: .sqlite) { databases in
      let services: [any ServicePlugin.Type] = [AskingService.self, PatientService.self]
      try await TestHost.run(services, on: databases) { host in
        try await host.post("/v1/questions", ["text": "why"])
        try await PatientService.begun.wait(count: 1)
        let stopping = Task { await host.host.shutdown() }
        while host.host.isReady { await Task.yield() }
        PatientService.release.append(())
        await stopping.value
      }
      try await TestHost.run(services, on: databases) { host in
        try await host.waitUntilIdle()
        let answers = try await host.events(matching: "answering.*", count: 1)
        #expect(try JSONValue(parsing: answers[0].payload)["text"] == "at last")
      }
      #expect(PatientService.begun.elements.count == 1)
    }
  }

  @Test("a host that could not start has let go of everything: the next one starts on the same folder")
  func failedStart() async throws {
    try await TestDatabases.run(on: .sqlite) { databases in
      try await TestHost.run([AskingService.self], on: databases) { first in
        let configuration = try HostConfiguration(
          flags: [
            "--data-dir", databases.folder.appending(path: "other").path, "--listen", "127.0.0.1:\(first.host.port)",
          ])
        let second = RuntimeHost(
          configuration: configuration, services: [AskingService.self], metrics: MetricsRegistry())
        let error = await #expect(throws: HostError.self) { try await second.start() }
        #expect(error?.exitCode == .unavailable)
        #expect(error?.message.contains("\(first.host.port)") == true)
      }
      let configuration = try HostConfiguration(
        flags: ["--data-dir", databases.folder.appending(path: "other").path, "--listen", "127.0.0.1:0"])
      let third = RuntimeHost(configuration: configuration, services: [AskingService.self], metrics: MetricsRegistry())
      try await third.start()
      let answer = try await HTTPClient.shared.json(
        ["text": "why"], to: "http://127.0.0.1:\(third.port)/v1/questions", method: "POST", timeout: .seconds(20))
      await third.shutdown()
      #expect(answer.isSuccess)
    }
  }

  @Test("a data folder that cannot be made is named in one line, with the system's reason")
  func noFolder() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "file")
      try Data("not a folder".utf8).write(to: file)
      let path = file.appending(path: "data").path
      let configuration = try HostConfiguration(flags: ["--data-dir", path, "--listen", "127.0.0.1:0"])
      let host = RuntimeHost(configuration: configuration, services: [AskingService.self], metrics: MetricsRegistry())
      let error = await #expect(throws: HostError.self) { try await host.start() }
      #expect(error?.exitCode == .cannotCreate)
      #expect(error?.message == "the data folder \(path) cannot be made: Not a directory")
    }
  }
}
