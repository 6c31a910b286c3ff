import JSON

extension Operation {
  /// Holds a request to what the operation says.
  ///
  /// - Returns: The body, when it is JSON and was checked.
  /// - Throws: 400 for parameters and malformed JSON, 415 for the wrong type, 422 for a body that breaks its schema.
  func check(_ request: HTTPRequest, components: [String: Schema]) throws(Problem) -> JSONValue? {
    try checkParameters(request, components)
    guard let requestBody else { return nil }
    if request.body.isEmpty {
      guard isBodyRequired else { return nil }
      throw Problem(.badRequest, type: "missing-body", detail: "This operation needs a body (\(requestContentType)).")
    }
    let isJSON = MediaType.isJSON(requestContentType)
    let given = request.headers["content-type"].map(MediaType.essence) ?? ""
    guard isJSON ? MediaType.isJSON(given) : given == MediaType.essence(requestContentType) else {
      throw Problem(
        .unsupportedMediaType, detail: "The body must be \(requestContentType).",
        headers: ["Accept": requestContentType])
    }
    guard isJSON else { return nil }
    let value = try request.json()
    let violations = requestBody.validate(value, components: components)
    guard violations.isEmpty else { throw Problem.invalid(violations) }
    return value
  }

  private func checkParameters(_ request: HTTPRequest, _ components: [String: Schema]) throws(Problem) {
    if !allowsUnknownQuery {
      for item in request.query.items
      where !parameters.contains(where: { $0.location == .query && $0.name == item.name }) {
        throw Problem(.badRequest, type: "invalid-parameter", detail: "The query parameter \(item.name) is not known.")
      }
    }
    for parameter in parameters {
      let values: [String]
      switch parameter.location {
      case .query: values = request.query.all(parameter.name)
      case .path: values = request.parameters[parameter.name].map { [$0] } ?? []
      case .header: values = request.headers.all(parameter.name)
      }
      if let detail = parameter.violation(in: values, components: components) {
        throw Problem(
          .badRequest, type: "invalid-parameter", detail: detail, members: ["parameter": .string(parameter.name)])
      }
    }
  }
}

/// Media types as far as requests need them.
enum MediaType {
  /// The type without its parameters, lower case.
  static func essence(_ value: String) -> String {
    let essence = value.prefix { $0 != ";" }
    return String(decoding: essence.utf8.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
  }

  static func isJSON(_ type: String) -> Bool { type == "application/json" || type.hasSuffix("+json") }
}
