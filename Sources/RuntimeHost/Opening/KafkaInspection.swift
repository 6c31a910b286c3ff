import KafkaTransport

/// A look at a Kafka cluster. Changes nothing.
public struct KafkaInspection: Sendable {
  public let place: String
  public let health: TransportHealth
  /// How many records each service has yet to handle; empty for one that never took part.
  public let lag: [String: Int64]

  /// - Parameter services: Whose consumer groups are looked at.
  /// - Throws: `TransportError`, with the place of the setting that librdkafka refuses.
  public static func of(
    _ settings: KafkaSettings, services: [String]
  ) async throws(TransportError) -> KafkaInspection {
    let transport: KafkaTransport
    do throws(TransportError) {
      transport = try await KafkaTransport.open(configuration: settings.configuration)
    } catch {
      throw TransportError(error.kind, settings.locating(error.message))
    }
    do throws(TransportError) {
      var lag: [String: Int64] = [:]
      for service in services { lag[service] = try await transport.lag(of: service).values.reduce(0, +) }
      let health = await transport.health()
      await transport.close()
      return KafkaInspection(place: settings.configuration.bootstrapServers, health: health, lag: lag)
    } catch {
      await transport.close()
      throw error
    }
  }
}
