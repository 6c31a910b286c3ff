import Foundation

/// The same event as a person would write it for Foundation's coders. Times stay text, which spares Foundation work.
struct FoundationEvent: Codable {
  struct Payload: Codable {
    var memoryID: String
    var content: String
    var userID: String?
    var agentID: String?
    var version: Int
    var createdAt: String?

    enum CodingKeys: String, CodingKey {
      case memoryID = "memory_id"
      case content
      case userID = "user_id"
      case agentID = "agent_id"
      case version
      case createdAt = "created_at"
    }
  }

  struct Metadata: Codable {
    var userID: String?
    var agentID: String?
    var correlationID: String?
    var version: String?
    var causationID: String?

    enum CodingKeys: String, CodingKey {
      case userID = "user_id"
      case agentID = "agent_id"
      case correlationID = "correlation_id"
      case version
      case causationID = "causation_id"
    }
  }

  var eventID: String
  var eventType: String
  var timestamp: String
  var sourceService: String
  var payload: Payload
  var metadata: Metadata?

  enum CodingKeys: String, CodingKey {
    case eventID = "event_id"
    case eventType = "event_type"
    case timestamp
    case sourceService = "source_service"
    case payload
    case metadata
  }
}
