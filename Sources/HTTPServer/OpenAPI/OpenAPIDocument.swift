import JSON

/// An OpenAPI 3.1 document of the routes, made from the same values that requests are held to.
///
/// - Parameters:
///   - routes: As ``Router/routes`` has them.
///   - components: Named schemas, as ``Router/components`` has them.
public func openAPIDocument(
  title: String, version: String, routes: [Route], components: [String: Schema] = [:], description: String = ""
) -> JSONValue {
  OpenAPIDocument.make(
    title: title, version: version, routes: routes, components: components, description: description)
}

/// Puts the parts of the document together.
enum OpenAPIDocument {
  static func make(
    title: String, version: String, routes: [Route], components: [String: Schema], description: String
  ) -> JSONValue {
    var information: JSONObject = ["title": .string(title), "version": .string(version)]
    if !description.isEmpty { information["description"] = .string(description) }
    var paths: JSONObject = [:]
    var tags: [String] = []
    for route in routes {
      let path = route.template.documentPath
      var item = paths[path]?.objectValue ?? [:]
      item[route.method.name.lowercased()] = route.document
      paths[path] = .object(item)
      if !route.operation.tag.isEmpty, !tags.contains(route.operation.tag) { tags.append(route.operation.tag) }
    }
    var schemas: JSONObject = ["Problem": Problem.schema.document]
    for (name, schema) in components.sorted(by: { $0.key < $1.key }) { schemas[name] = schema.document }
    return .object([
      "openapi": "3.1.0", "info": .object(information),
      "tags": .array(tags.map { .object(["name": .string($0)]) }), "paths": .object(paths),
      "components": .object(["schemas": .object(schemas)]),
    ])
  }
}

extension Problem {
  /// RFC 9457's document, as it stands in the OpenAPI document.
  static let schema = Schema.object(
    [
      "type": .string(format: .uri), "title": .string(), "status": .integer(minimum: 100, maximum: 599),
      "detail": .string(),
      "errors": .array(
        of: .object(
          ["pointer": .string(), "keyword": .string(), "detail": .string()], required: ["pointer", "keyword", "detail"])
      ),
    ], required: ["type", "title", "status"], additional: .allowed)
}

extension Route {
  fileprivate var document: JSONValue {
    var object: JSONObject = ["operationId": .string(operation.id), "summary": .string(operation.summary)]
    if !operation.description.isEmpty { object["description"] = .string(operation.description) }
    if !operation.tag.isEmpty { object["tags"] = .array([.string(operation.tag)]) }
    let parameters = documentedParameters
    if !parameters.isEmpty { object["parameters"] = .array(parameters.map(\.document)) }
    if let body = operation.requestBody {
      object["requestBody"] = .object([
        "required": .bool(operation.isBodyRequired),
        "content": .object([operation.requestContentType: .object(["schema": body.document])]),
      ])
    }
    object["responses"] = .object(documentedResponses)
    return .object(object)
  }

  /// The declared parameters, and those of the path that nobody declared.
  private var documentedParameters: [Parameter] {
    let declared = Set(operation.parameters.filter { $0.location == .path }.map(\.name))
    return template.parameterNames.filter { !declared.contains($0) }.map { .path($0) } + operation.parameters
  }

  private var documentedResponses: JSONObject {
    var responses: JSONObject = [:]
    for (status, response) in operation.responses.sorted(by: { $0.key < $1.key }) {
      responses[String(status.code)] = response.document(status)
    }
    if operation.responses.isEmpty { responses["200"] = .object(["description": "OK"]) }
    var errors = Set(operation.errors)
    if !documentedParameters.isEmpty || operation.requestBody != nil { errors.insert(.badRequest) }
    if operation.requestBody != nil {
      errors.formUnion([.contentTooLarge, .unsupportedMediaType])
      if MediaType.isJSON(operation.requestContentType) { errors.insert(.unprocessableContent) }
    }
    for status in errors.sorted() where operation.responses[status] == nil {
      responses[String(status.code)] = Self.problem(status.reason)
    }
    responses["default"] = Self.problem("Any other problem")
    return responses
  }

  private static func problem(_ description: String) -> JSONValue {
    .object([
      "description": .string(description),
      "content": .object(["application/problem+json": .object(["schema": Schema.ref("Problem").document])]),
    ])
  }
}

extension Parameter {
  fileprivate var document: JSONValue {
    var object: JSONObject = [
      "name": .string(name), "in": .string(location.rawValue), "required": .bool(isRequired),
      "schema": schema.document,
    ]
    if !description.isEmpty { object["description"] = .string(description) }
    return .object(object)
  }
}

extension Operation.Response {
  fileprivate func document(_ status: HTTPStatus) -> JSONValue {
    var object: JSONObject = [:]
    switch self {
    case .json(let schema, let description):
      object["description"] = .string(description.isEmpty ? status.reason : description)
      object["content"] = .object(["application/json": .object(["schema": schema.document])])
    case .events(let schema, let description):
      object["description"] = .string(description.isEmpty ? "A stream of server-sent events" : description)
      object["content"] = .object(["text/event-stream": .object(["schema": schema.document])])
    case .content(let type, let description):
      object["description"] = .string(description.isEmpty ? status.reason : description)
      object["content"] = .object([type: .object([:])])
    case .empty(let description):
      object["description"] = .string(description.isEmpty ? status.reason : description)
    }
    return .object(object)
  }
}
