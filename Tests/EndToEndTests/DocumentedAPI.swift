import Events
import HTTPClient
import JSON
import RoostTesting
import Testing

/// The API as its own document describes it: calls it, and holds each answer to what the document says of it.
final class DocumentedAPI {
  let host: TestHost
  private let document: JSONValue
  /// The routes that have answered with a success, as `GET /v1/memories`.
  private(set) var succeeded: Set<String> = []

  init(_ host: TestHost) async throws {
    self.host = host
    document = try await host.get("/openapi.json")
  }

  /// Every route that is described.
  var routes: Set<String> {
    var routes: Set<String> = []
    for (path, item) in document["paths"]?.objectValue ?? [:] {
      for method in item.objectValue?.keys ?? [] { routes.insert("\(method.uppercased()) \(path)") }
    }
    return routes
  }

  /// Calls a route, and insists on a success that is as described.
  ///
  /// - Parameters:
  ///   - path: As the document has it, such as `/v1/memories/{memory_id}`.
  ///   - ids: What stands for the path's parameters, in their order.
  @discardableResult
  func call(
    _ method: String, _ path: String, _ ids: String..., query: String = "", body: JSONValue? = nil
  ) async throws -> JSONValue {
    var ids = ids[...]
    let filled = path.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("{") ? ids.popFirst() ?? "" : String($0) }.joined(separator: "/")
    let response = try await host.send(method, filled + query, body)
    let route = "\(method) \(path)"
    guard response.isSuccess else { throw TestFailure("\(route): \(response.status) \(response.text)") }
    let operation = document["paths"]?[path]?[method.lowercased()]
    let described = try #require(
      operation?["responses"]?["\(response.status)"], "\(route) answered \(response.status), which is not described")
    succeeded.insert(route)
    guard let content = described["content"]?.objectValue else {
      #expect(response.body.isEmpty, "\(route) answered with a body that is not described")
      return .null
    }
    let type = response.headers["content-type"]?.split(separator: ";").first.map(String.init) ?? ""
    let media = try #require(content[type], "\(route) answered with \(type), which is not described")
    guard type == "application/json" else { return .string(response.text) }
    let answer = try response.json()
    var problems: [String] = []
    check(answer, against: media["schema"] ?? .null, at: "", &problems)
    #expect(problems.isEmpty, "\(route): \(problems.joined(separator: "; ")) in \(answer)")
    return answer
  }

  /// The part of JSON Schema that the document uses; a keyword beyond it is a problem of its own.
  private func check(_ value: JSONValue, against schema: JSONValue, at place: String, _ problems: inout [String]) {
    for (keyword, rule) in schema.objectValue ?? [:] {
      let isMet: Bool
      switch keyword {
      case "description", "properties": isMet = true
      case "$ref":
        let name = rule.stringValue?.split(separator: "/").last.map(String.init) ?? ""
        let component = document["components"]?["schemas"]?[name]
        isMet = component != nil
        check(value, against: component ?? .null, at: place, &problems)
      case "type": isMet = Self.type(of: value) == rule || (rule == "number" && value.intValue != nil)
      case "enum": isMet = rule.arrayValue?.contains(value) == true
      case "anyOf":
        isMet =
          rule.arrayValue?.contains { alternative in
            var found: [String] = []
            check(value, against: alternative, at: place, &found)
            return found.isEmpty
          } == true
      case "required":
        isMet = (rule.arrayValue ?? []).allSatisfy { value[$0.stringValue ?? ""] != nil }
      case "additionalProperties":
        isMet =
          rule != false
          || Set(value.objectValue?.keys ?? []).isSubset(of: schema["properties"]?.objectValue?.keys ?? [])
      case "items":
        isMet = true
        for (index, item) in (value.arrayValue ?? []).enumerated() {
          check(item, against: rule, at: "\(place)/\(index)", &problems)
        }
      case "minimum": isMet = value.doubleValue.map { $0 >= rule.doubleValue ?? 0 } ?? true
      case "maximum": isMet = value.doubleValue.map { $0 <= rule.doubleValue ?? 0 } ?? true
      case "minLength": isMet = value.stringValue.map { $0.unicodeScalars.count >= rule.intValue ?? 0 } ?? true
      case "maxLength": isMet = value.stringValue.map { $0.unicodeScalars.count <= rule.intValue ?? 0 } ?? true
      case "minItems": isMet = value.arrayValue.map { $0.count >= rule.intValue ?? 0 } ?? true
      case "maxItems": isMet = value.arrayValue.map { $0.count <= rule.intValue ?? 0 } ?? true
      case "format":
        isMet = rule != "date-time" || value.stringValue.map { (try? Timestamp(parsing: $0)) != nil } ?? true
      default: isMet = false
      }
      if !isMet { problems.append("\(place) breaks \(keyword) \(rule)") }
    }
    for (name, property) in schema["properties"]?.objectValue ?? [:] {
      if let inner = value[name] { check(inner, against: property, at: "\(place)/\(name)", &problems) }
    }
  }

  private static func type(of value: JSONValue) -> JSONValue {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    default: "number"
    }
  }
}
