import EventLog
import KafkaTransport

/// What carries a host's events.
enum HostLog: Sendable {
  /// The caller's own, which the caller closes.
  case given(any EventTransport)
  case embedded(path: String, EventLogConfiguration)
  case kafka(KafkaSettings)

  /// For the status and for logs.
  var kind: String {
    switch self {
    case .given: "given"
    case .embedded: "embedded"
    case .kafka: "kafka"
    }
  }

  /// Where it is, for people.
  var place: String {
    switch self {
    case .given: "the log"
    case .embedded(let path, _): path
    case .kafka(let settings): "Kafka at \(settings.configuration.bootstrapServers)"
    }
  }

  /// - Throws: `OpeningFailure`.
  func open() async throws(OpeningFailure) -> any EventTransport {
    do throws(TransportError) {
      switch self {
      case .given(let transport): return transport
      case .embedded(let path, let configuration):
        return try await EventLogTransport.open(path: path, configuration: configuration)
      case .kafka(let settings): return try await KafkaTransport.open(configuration: settings.configuration)
      }
    } catch {
      guard case .kafka(let settings) = self else { throw .permanent(HostError(.inputOutput, error.message)) }
      switch error.kind {
      case .unavailable, .outcomeUnknown: throw .temporary(error.message)
      default: throw .permanent(HostError(.configuration, settings.locating(error.message)))
      }
    }
  }
}
