/// The routes by path segment. Nodes stand in one array and name each other by position.
struct RouteTrie: Sendable {
  private struct Node: Sendable {
    var literals: [String: Int] = [:]
    var parameter: Int?
    var rest: Int?
    /// The routes that end here, by method, in the order in which they were added.
    var routes: [(method: HTTPMethod, route: Int)] = []

    /// The route for the method; `GET`'s for a `HEAD` that has none of its own.
    func route(for method: HTTPMethod) -> Int? {
      if let entry = routes.first(where: { $0.method == method }) { return entry.route }
      return method == .head ? routes.first { $0.method == .get }?.route : nil
    }
  }

  /// What a path leads to; `route` is nil when its method is not among `methods`.
  struct Match {
    var route: Int?
    var values: [String]
    var methods: [HTTPMethod]
  }

  private var nodes = [Node()]

  /// Adds a route; false when one of the same method and shape is there.
  mutating func insert(_ template: PathTemplate, _ method: HTTPMethod, route: Int) -> Bool {
    var position = 0
    for segment in template.segments { position = child(of: position, segment) }
    guard !nodes[position].routes.contains(where: { $0.method == method }) else { return false }
    nodes[position].routes.append((method, route))
    return true
  }

  /// Walks the segments; literals first, then a parameter, then what takes the rest.
  func match(_ segments: [String], _ method: HTTPMethod) -> Match? {
    var values: [String] = []
    var methods: [HTTPMethod] = []
    var found: Match?
    walk(0, segments[...], &values) { node, values in
      if let route = node.route(for: method) {
        found = Match(route: route, values: values, methods: [])
        return true
      }
      for entry in node.routes where !methods.contains(entry.method) { methods.append(entry.method) }
      return false
    }
    if let found { return found }
    guard !methods.isEmpty else { return nil }
    if methods.contains(.get), !methods.contains(.head) { methods.append(.head) }
    if !methods.contains(.options) { methods.append(.options) }
    return Match(route: nil, values: [], methods: methods.sorted { $0.name < $1.name })
  }

  @discardableResult
  private func walk(
    _ position: Int, _ segments: ArraySlice<String>, _ values: inout [String], _ visit: (Node, [String]) -> Bool
  ) -> Bool {
    let node = nodes[position]
    guard let first = segments.first else {
      return !node.routes.isEmpty && visit(node, values)
    }
    let rest = segments.dropFirst()
    if let next = node.literals[first], walk(next, rest, &values, visit) { return true }
    if let next = node.parameter, !first.isEmpty {
      values.append(first)
      if walk(next, rest, &values, visit) { return true }
      values.removeLast()
    }
    if let next = node.rest {
      values.append(segments.joined(separator: "/"))
      if visit(nodes[next], values) { return true }
      values.removeLast()
    }
    return false
  }

  private mutating func child(of position: Int, _ segment: PathTemplate.Segment) -> Int {
    let known: Int? =
      switch segment {
      case .literal(let text): nodes[position].literals[text]
      case .parameter: nodes[position].parameter
      case .rest: nodes[position].rest
      }
    if let known { return known }
    nodes.append(Node())
    let made = nodes.count - 1
    switch segment {
    case .literal(let text): nodes[position].literals[text] = made
    case .parameter: nodes[position].parameter = made
    case .rest: nodes[position].rest = made
    }
    return made
  }
}
