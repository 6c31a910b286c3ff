import Foundation
import Messaging
import RoostTesting
import Testing

@testable import KafkaTransport

@Suite(
  "A Kafka that wants TLS, passwords and permissions",
  .enabled(if: SecuredBroker.isAvailable, "there is no Kafka collection beside the project, or no Java"),
  .withSecuredBroker)
struct SecurityTests {
  private static let secret = "not-the-secret"

  private func open(
    _ access: SecuredBroker.Access, as user: SecuredBroker.User = .roost, password: String? = nil,
    _ configure: (inout KafkaConfiguration) -> Void = { _ in }
  ) async throws -> KafkaTransport {
    var configuration = try WithSecuredBroker.current.configuration(access, as: user, password: password)
    configure(&configuration)
    return try await KafkaTransport.open(configuration: configuration)
  }

  /// Waits until the transport says so of itself: what librdkafka finds out comes a little later.
  private func detail(
    of transport: KafkaTransport, until isWanted: (TransportHealth) -> Bool
  ) async throws -> String {
    let start = ContinuousClock.now
    while true {
      let health = await transport.health()
      if isWanted(health) { return health.detail }
      try #require(ContinuousClock.now - start < .seconds(180), "it says \(health)")
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  // MARK: Who may come in

  @Test(
    "what is appended is read again, over TLS alone and with each kind of password",
    arguments: SecuredBroker.Access.accepted)
  func accepted(_ access: SecuredBroker.Access) async throws {
    let transport = try await open(access) { $0.topicPrefix = "t\(UUID().uuidString.prefix(8).lowercased())." }
    #expect(await transport.append([KafkaTransport.record(1, key: "k")])[0].position != nil)
    let member = try await GroupMember.join(transport, group: "g")
    #expect(try await member.received.wait(count: 1).map(\.text) == ["k#1"])
    #expect(await transport.health().status == .healthy)
    await member.leave()
    await transport.close()
  }

  @Test(
    "where this librdkafka's SCRAM is refused although the password is right, health says what to do",
    .enabled(if: !ScramNonce.isSentOnce, "this librdkafka sends its nonce once"),
    arguments: SecuredBroker.Access.scram)
  func nonceSentTwice(_ access: SecuredBroker.Access) async throws {
    let transport = try await open(access)
    let detail = try await detail(of: transport) { $0.detail.contains("uthentication failed") }
    #expect(detail.contains("use PLAIN over TLS, or librdkafka 2.6.1") && !detail.contains("\n"))
    await transport.close()
  }

  @Test("the advice is given for SCRAM and an old librdkafka alone")
  func advice() {
    let error =
      "SASL authentication error: Authentication failed: invalid credentials with SASL mechanism SCRAM-SHA-256"
    #expect(ScramNonce.advice(for: error, isSentOnce: false) != nil)
    #expect(ScramNonce.advice(for: error, isSentOnce: true) == nil)
    #expect(ScramNonce.advice(for: error.replacing("SCRAM-SHA-256", with: "PLAIN"), isSentOnce: false) == nil)
  }

  @Test(
    "a wrong password shows in health and in what an append says, in one line without itself",
    arguments: SecuredBroker.Access.withPassword)
  func wrongPassword(_ access: SecuredBroker.Access) async throws {
    let transport = try await open(access, password: Self.secret) { $0.deliveryTimeout = .seconds(2) }
    let detail = try await detail(of: transport) { $0.detail.contains("uthentication failed") }
    let error = try #require(await transport.append([KafkaTransport.record(1, key: "k")])[0].error)
    #expect(error.kind == .unavailable && error.message.contains("uthentication failed"))
    for line in [detail, error.message] { #expect(!line.contains(Self.secret) && !line.contains("\n")) }
    #expect(await transport.health().status == .unavailable)
    await transport.close()
  }

  @Test("a broker whose certificate nobody vouches for is not talked to, and health says why in one line")
  func unknownCertificate() async throws {
    let transport = try await open(.plain) { $0.settings["ssl.ca.location"] = "/etc/ssl/certs" }
    let detail = try await detail(of: transport) { $0.detail.contains("certificate") }
    #expect(!detail.contains("\n"))
    #expect(await transport.health().status == .unavailable)
    await transport.close()
  }

  // MARK: What they may do

  @Test("a topic that may not be written to refuses its records in one line, and those of others are appended")
  func mayNotWrite() async throws {
    let transport = try await open(.plain, as: .guest)
    let outcomes = await transport.append([
      KafkaTransport.record(0, topic: "shut", key: "k"), KafkaTransport.record(1, topic: "open_write", key: "k"),
    ])
    let error = try #require(outcomes[0].error)
    #expect(error.kind == .refused)
    #expect(error.message.contains("shut") && error.message.contains("authorization failed"))
    #expect(!error.message.contains("\n"))
    #expect(outcomes[1].position != nil)
    #expect(await transport.health().status == .healthy)
    await transport.close()
  }

  @Test("a topic that may not be read is said by name, and the records of others come")
  func mayNotRead() async throws {
    let roost = try await open(.plain)
    _ = await roost.append([KafkaTransport.record(0, topic: "shut", key: "k")])
    let transport = try await open(.plain, as: .guest)
    _ = await transport.append([KafkaTransport.record(1, topic: "open_read", key: "k")])
    let subscription = try await transport.subscribe(group: "open_g", to: .named(["shut", "open_read"]))
    let reading = Recorder<String>()
    let task = Task {
      while true {
        do throws(TransportError) {
          switch try await subscription.nextBatch(limit: 10) {
          case .records(let records): reading.append(contentsOf: records.map(\.text))
          case .revoked(let partitions, .orderly): await subscription.completeRevocation(partitions)
          case .closed: return
          case .assigned, .revoked: break
          }
        } catch {
          reading.append(error.message)
        }
      }
    }
    let said = try await reading.wait(for: "the record and the refusal") {
      $0.contains("k#1") && $0.contains { $0.contains("shut") }
    }
    let refusal = try #require(said.first { $0.contains("shut") })
    #expect(refusal.contains("group open_g") && refusal.contains("authorization failed") && !refusal.contains("\n"))
    await subscription.close()
    await task.value
    await transport.close()
    await roost.close()
  }

  @Test("a group that may not be joined is said by name, and by health while it lasts")
  func mayNotJoin() async throws {
    let transport = try await open(.plain, as: .guest)
    _ = await transport.append([KafkaTransport.record(1, topic: "open_group", key: "k")])
    let subscription = try await transport.subscribe(group: "shut", to: .named(["open_group"]))
    let error = await #expect(throws: TransportError.self) {
      while true {
        if case .closed = try await subscription.nextBatch(limit: 10) { return }
      }
    }
    #expect(error?.message.contains("group shut") == true && error?.message.contains("authorization failed") == true)
    let health = await transport.health()
    #expect(health.status == .unavailable && health.detail == error?.message)
    await subscription.close()
    #expect(await transport.health().status == .healthy)
    await transport.close()
  }
}
