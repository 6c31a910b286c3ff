import RuntimeHost

/// Looks at the Kafka and the PostgreSQL that the settings name.
struct PlatformExamination: Sendable {
  let configuration: HostConfiguration
  /// The services that are looked at.
  let services: [String]

  func kafka() async -> [Finding] {
    guard let settings = configuration.kafka else { return [] }
    do throws(TransportError) {
      let inspection = try await KafkaInspection.of(settings, services: services)
      switch inspection.health.status {
      case .healthy: return [.ok("Kafka", "answers at \(inspection.place)")]
      case .degraded: return [.warning("Kafka", inspection.health.detail)]
      case .unavailable: return [.failure("Kafka", inspection.health.detail, Self.kafkaAdvice)]
      }
    } catch {
      return [.failure("Kafka", error.message, Self.kafkaAdvice)]
    }
  }

  private static let kafkaAdvice = "see that the brokers run, and the settings kafka.* of roost config"

  /// - Parameter reference: What this program's own schemas are; nil when they cannot be told.
  func database(_ reference: SchemaReference?) async -> [Finding] {
    guard let url = configuration.database else { return [] }
    do {
      let inspection = try await DatabaseInspection.of(url, services: services)
      let server = Finding.ok("PostgreSQL", "version \(inspection.version) answers at \(inspection.place)")
      return [server] + services.map { schema($0, inspection.migrations[$0], reference) }
    } catch {
      let message = (error as? DatabaseError)?.message ?? "\(error)"
      return [
        .failure(
          "PostgreSQL", message, "see that the server runs, and database_url and database_password of roost config")
      ]
    }
  }

  private func schema(_ service: String, _ found: [String: Int]?, _ reference: SchemaReference?) -> Finding {
    let check = "schema \(service)"
    guard let found else { return .ok(check, "is not there yet; the first start makes it") }
    return reference?.finding(check, file: "\(service).db", found: found) ?? .ok(check, "is there")
  }
}
