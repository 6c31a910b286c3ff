/// Answers a request.
///
/// A ``Problem`` that is thrown is the answer; any other error becomes a 500 that says nothing of it. The task is
/// cancelled when the request's time is up.
public typealias HTTPHandler = @Sendable (HTTPRequest) async throws -> HTTPResponse

/// One route of a ``Router``.
public struct Route: Sendable {
  public let method: HTTPMethod
  public let template: PathTemplate
  public let operation: Operation

  /// The path as it was registered.
  public var path: String { template.description }
}
