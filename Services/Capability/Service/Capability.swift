import RuntimeHost

/// Something that an agent can have executed: its descriptor.
struct Capability: Sendable, Equatable {
  /// How it is executed.
  enum Target: Sendable, Equatable {
    /// By code of this service.
    case builtin(String)
    /// By a call over HTTP.
    case http(HTTPEndpoint)
  }

  let id: String
  var name: String
  var description: String
  var target: Target
  var limits: CapabilityLimits
  /// Grows with every change.
  var version: Int
  let createdAt: Timestamp
  var updatedAt: Timestamp

  /// The breaker's name, which its events go by.
  var breakerName: String { "capability:\(id)" }
}
