import RuntimeHost

/// What a request says of a capability, checked: a new one's descriptor, or the changes of one that is there.
///
/// The body has passed its schema; here is what a schema cannot say.
struct CapabilityEdit: Sendable {
  private let body: JSONObject
  private let settings: CapabilitySettings

  init(_ request: HTTPRequest, settings: CapabilitySettings) throws(Problem) {
    body = try request.json().objectValue ?? [:]
    self.settings = settings
    if let timeout = body["timeout_ms"]?.intValue, .milliseconds(timeout) > settings.timeoutLimit {
      throw Self.violation("/timeout_ms", "maximum", "must be at most \(settings.timeoutLimit / .milliseconds(1))")
    }
    if let url = body["url"]?.stringValue,
      let objection = HTTPEndpoint.objection(to: url, allowedHosts: settings.allowedHosts)
    {
      throw Self.violation("/url", "format", objection)
    }
    try checkHeaders()
  }

  /// The descriptor of a new capability.
  func capability(id: String, at now: Timestamp) throws(Problem) -> Capability {
    var limits = CapabilityLimits()
    limits.timeoutMs = min(limits.timeoutMs, Int(settings.timeoutLimit / .milliseconds(1)))
    _ = limits.apply(body, timeoutLimit: settings.timeoutLimit)
    return Capability(
      id: id, name: body["name"]?.stringValue ?? "", description: body["description"]?.stringValue ?? "",
      target: try target(), limits: limits, version: 1, createdAt: now, updatedAt: now)
  }

  /// Changes a capability.
  /// - Returns: The names of the fields that are different now.
  func apply(to capability: inout Capability) throws(Problem) -> [String] {
    let old = capability
    if let name = body["name"]?.stringValue { capability.name = name }
    if let description = body["description"]?.stringValue { capability.description = description }
    switch capability.target {
    case .http(var endpoint):
      if let url = body["url"]?.stringValue { endpoint.url = url }
      if let method = body["method"]?.stringValue { endpoint.method = method }
      if let headers { endpoint.headers = headers }
      capability.target = .http(endpoint)
    case .builtin:
      for field in ["url", "method", "headers"] where body[field] != nil {
        throw Self.violation("/\(field)", "not", "is not for a built-in")
      }
    }
    let limits = capability.limits.apply(body, timeoutLimit: settings.timeoutLimit)
    return Self.descriptorFields(of: old, differingFrom: capability) + limits
  }

  private func target() throws(Problem) -> Capability.Target {
    switch body["kind"]?.stringValue {
    case "builtin":
      guard let name = body["builtin"]?.stringValue, Builtin.named(name) != nil else {
        let names = Builtin.all.map(\.name).joined(separator: ", ")
        throw Self.violation("/builtin", "enum", "must be one of \(names)")
      }
      for field in ["url", "method", "headers"] where body[field] != nil {
        throw Self.violation("/\(field)", "not", "is not for a built-in")
      }
      return .builtin(name)
    default:
      guard let url = body["url"]?.stringValue else {
        throw Self.violation("", "required", "url is missing: a capability of the kind http has one")
      }
      guard body["builtin"] == nil else { throw Self.violation("/builtin", "not", "is for a built-in alone") }
      return .http(
        HTTPEndpoint(url: url, method: body["method"]?.stringValue ?? "POST", headers: headers ?? []))
    }
  }

  private var headers: [HTTPClientField]? {
    body["headers"]?.objectValue.map { $0.map { HTTPClientField($0.key, $0.value.stringValue ?? "") } }
  }

  /// A name or value with a line break would add fields of its own to the request.
  private func checkHeaders() throws(Problem) {
    for field in headers ?? [] {
      let pointer = "/headers/\(field.name.replacing("~", with: "~0").replacing("/", with: "~1"))"
      let isToken =
        !field.name.isEmpty
        && field.name.utf8.allSatisfy { byte in
          byte > 0x20 && byte < 0x7f && !#"()<>@,;:\"/[]?={}"#.utf8.contains(byte)
        }
      guard isToken else { throw Self.violation(pointer, "pattern", "is not the name of a header field") }
      guard !HTTPEndpoint.ownHeaders.contains(field.name.lowercased()) else {
        throw Self.violation(pointer, "not", "is set by the service itself")
      }
      guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
        throw Self.violation(pointer, "pattern", "must not have control characters")
      }
    }
  }

  private static func descriptorFields(of old: Capability, differingFrom new: Capability) -> [String] {
    var fields: [String] = []
    if old.name != new.name { fields.append("name") }
    if old.description != new.description { fields.append("description") }
    if case .http(let before) = old.target, case .http(let after) = new.target {
      if before.url != after.url { fields.append("url") }
      if before.method != after.method { fields.append("method") }
      if before.headers != after.headers { fields.append("headers") }
    }
    return fields
  }

  private static func violation(_ pointer: String, _ keyword: String, _ message: String) -> Problem {
    .invalid([Violation(pointer: pointer, keyword: keyword, message: message)])
  }
}
