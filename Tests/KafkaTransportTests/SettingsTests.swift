import KafkaTransport
import Messaging
import Testing

@Suite("The settings of Kafka")
struct SettingsTests {
  @Test("a broker that is not there does not fail the opening")
  func opensWithoutBroker() async throws {
    let transport = try await KafkaTransport.open(configuration: .init(bootstrapServers: "127.0.0.1:1"))
    #expect(await transport.health().status == .unavailable)
    await transport.close()
  }
}
