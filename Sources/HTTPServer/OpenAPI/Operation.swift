/// What a route does: the source of its part of the OpenAPI document, and what a request is held to before the
/// handler runs.
public struct Operation: Sendable {
  /// A response's content.
  public enum Response: Sendable {
    case json(Schema, description: String = "")
    /// A stream of server-sent events whose data has that schema.
    case events(Schema, description: String = "")
    case content(type: String, description: String = "")
    case empty(description: String = "")

    var references: Set<String> {
      switch self {
      case .json(let schema, _), .events(let schema, _): schema.references
      case .content, .empty: []
      }
    }
  }

  /// Unique in the document, for example `createMemory`.
  public var id: String
  /// A few words.
  public var summary: String
  public var description: String
  /// The group that it is listed under.
  public var tag: String
  /// Declared path, query and header parameters. A query key that is not among them is refused.
  public var parameters: [Parameter]
  /// The body's schema; nil when no body is looked at.
  public var requestBody: Schema?
  /// Whether a request without a body is refused; meant only with ``requestBody``.
  public var isBodyRequired: Bool
  /// The body's media type. Any other than JSON is checked by its name only and reaches the handler as bytes.
  public var requestContentType: String
  public var responses: [HTTPStatus: Response]
  /// Problems that it may answer with, besides those that follow from the rest.
  public var errors: [HTTPStatus]
  /// Whether query keys that are not declared are let through.
  public var allowsUnknownQuery: Bool

  public init(
    id: String, summary: String, description: String = "", tag: String = "", parameters: [Parameter] = [],
    requestBody: Schema? = nil, isBodyRequired: Bool = true, requestContentType: String = "application/json",
    responses: [HTTPStatus: Response] = [:], errors: [HTTPStatus] = [], allowsUnknownQuery: Bool = false
  ) {
    self.id = id
    self.summary = summary
    self.description = description
    self.tag = tag
    self.parameters = parameters
    self.requestBody = requestBody
    self.isBodyRequired = isBodyRequired
    self.requestContentType = requestContentType
    self.responses = responses
    self.errors = errors
    self.allowsUnknownQuery = allowsUnknownQuery
  }
}
