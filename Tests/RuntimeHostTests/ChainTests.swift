import Foundation
import JSON
import RoostTesting
import RuntimeHost
import Synchronization
import Testing

/// Two services that speak through events, on each transport.
@Suite("A host of two services")
struct ChainTests {
  @Test(
    "an event published by a route reaches another service, in one flow with causes",
    arguments: TestHost.Transport.available)
  func chain(transport: TestHost.Transport) async throws {
    try await TestHost.run([AskingService.self, AnsweringService.self], transport: transport) { host in
      let answer = try await host.post("/v1/questions", ["text": "why"], headers: ["X-Correlation-ID": "corr_test"])
      #expect(answer["correlation_id"] == "corr_test")
      let events = try await host.events(matching: "*", count: 2)
      #expect(events.map(\.type.name) == ["asking.question.asked", "answering.answer.given"])
      #expect(events.map(\.metadata.correlationID) == ["corr_test", "corr_test"])
      #expect(events[1].metadata.causationID == events[0].id)
      #expect(events.map(\.sourceService) == ["asking_service", "answering_service"])
    }
  }

  @Test("what was committed before a stop is delivered after the next start, once")
  func restart() async throws {
    try await TestDatabases.run(on: .sqlite) { databases in
      for index in 0..<3 {
        try await TestHost.run([AskingService.self, AnsweringService.self], on: databases) { host in
          try await host.post("/v1/questions", ["text": .string("\(index)")])
        }
      }
      let texts = try await TestHost.run([AskingService.self, AnsweringService.self], on: databases) { host in
        try await host.waitUntilIdle()
        return try await host.events(matching: "answering.*", count: 3).map { event in
          try JSONValue(parsing: event.payload)["text"]?.stringValue
        }
      }
      #expect(texts.sorted { ($0 ?? "") < ($1 ?? "") } == ["re: 0", "re: 1", "re: 2"])
    }
  }

  @Test("a handler that fails for good leaves a failed delivery that can be corrected over HTTP")
  func failedDelivery() async throws {
    try await TestHost.run([AskingService.self, AnsweringService.self]) { host in
      try await host.post("/v1/questions", ["text": "poison"])
      try await host.post("/v1/questions", ["text": "fine"])
      _ = try await host.events(matching: "delivery.failed", count: 1)
      let list = try await host.get("/v1/failed-deliveries")
      let failed = try #require(list["items"]?.arrayValue?.first)
      #expect(failed["handler"] == "answer")
      #expect(failed["status"] == "dead")
      #expect(failed["error"]?.stringValue?.contains("poison") == true)
      let id = try #require(failed["failed_delivery_id"]?.stringValue)
      try await host.post("/v1/failed-deliveries/\(id)/edit", ["payload": ["question_id": "q", "text": "cured"]])
      _ = try await host.events(matching: "delivery.resolved", count: 1)
      let answers = try await host.events(matching: "answering.*", count: 2)
      let texts = try answers.map { try JSONValue(parsing: $0.payload)["text"]?.stringValue }
      #expect(Set(texts) == ["re: fine", "re: cured"])
      #expect(try await host.get("/v1/failed-deliveries")["items"] == [])
      let again = try await host.send("POST", "/v1/failed-deliveries/\(id)/discard")
      #expect(again.status == 409)
    }
  }
}
