import CRdKafka
import KafkaTransport
import Messaging
import Testing

@Suite("The settings of Kafka")
struct SettingsTests {
  private func refusal(_ settings: [String: String]) async -> TransportError? {
    var configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
    configuration.settings = settings
    do throws(TransportError) {
      await (try KafkaTransport.open(configuration: configuration)).close()
      return nil
    } catch {
      return error
    }
  }

  @Test("a setting that librdkafka does not know stops the opening with one line that names it")
  func unknownSetting() async throws {
    let error = try #require(await refusal(["no.such.setting": "1"]))
    #expect(error.kind == .refused)
    #expect(error.message.contains("no.such.setting"))
    #expect(!error.message.contains("\n"))
  }

  @Test("a value that librdkafka does not take stops the opening with one line that names the setting")
  func badValue() async throws {
    let error = try #require(await refusal(["linger.ms": "soon"]))
    #expect(error.kind == .refused)
    #expect(error.message.contains("linger.ms"))
  }

  @Test("a setting that the promises rest on is refused", arguments: ["enable.idempotence", "group.id", "acks"])
  func reserved(_ name: String) async throws {
    let error = try #require(await refusal([name: name == "acks" ? "1" : "false"]))
    #expect(error.kind == .refused)
    #expect(error.message.contains(name))
  }

  @Test("settings of consumers and producers are taken side by side")
  func settingsOfBoth() async {
    #expect(await refusal(["compression.codec": "lz4", "fetch.wait.max.ms": "50", "acks": "all"]) == nil)
  }

  @Test("a broker that is not there does not fail the opening, and health says so")
  func opensWithoutBroker() async throws {
    let transport = try await KafkaTransport.open(configuration: .init(bootstrapServers: "127.0.0.1:1"))
    let health = await transport.health()
    #expect(health.status == .unavailable)
    await transport.close()
    #expect(await transport.health().status == .unavailable)
  }

  @Test("an append to a broker that is not there fails with one line once its time is up, and nothing hangs")
  func appendsWithoutBroker() async throws {
    var configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
    configuration.deliveryTimeout = .milliseconds(300)
    let transport = try await KafkaTransport.open(configuration: configuration)
    let outcomes = await transport.append([KafkaTransport.record(0, key: "k")])
    #expect(outcomes.first?.error?.kind == .unavailable)
    await transport.close()
  }

  @Test("once a transport is open, memory that is freed goes to none of glibc's fast bins")
  func freeMemory() async throws {
    let transport = try await KafkaTransport.open(configuration: .init(bootstrapServers: "127.0.0.1:1"))
    let before = mallinfo2().fsmblks
    // More than a thread keeps for itself.
    for piece in (0..<256).map({ _ in malloc(40) }) { free(piece) }
    #expect(mallinfo2().fsmblks <= before)
    await transport.close()
  }
}
