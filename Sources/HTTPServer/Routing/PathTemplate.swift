/// A route's path: `/v1/memories/{memory_id}`; a last `{name...}` takes the rest of the path.
public struct PathTemplate: Sendable, Hashable, CustomStringConvertible {
  enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter(String)
    case rest(String)
  }

  /// As it was written.
  public let description: String
  let segments: [Segment]

  /// Nil when the path does not start with a slash or a brace is not where it belongs.
  init?(_ path: String) {
    guard path.first == "/" else { return nil }
    description = path
    guard path != "/" else {
      segments = []
      return
    }
    var segments: [Segment] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      if case .rest = segments.last { return nil }
      guard part.first == "{", part.last == "}" else {
        guard !part.contains("{"), !part.contains("}"), !part.isEmpty else { return nil }
        segments.append(.literal(String(part)))
        continue
      }
      var name = part.dropFirst().dropLast()
      let isRest = name.hasSuffix("...")
      if isRest { name = name.dropLast(3) }
      guard !name.isEmpty, !name.contains("{"), !name.contains("}") else { return nil }
      segments.append(isRest ? .rest(String(name)) : .parameter(String(name)))
    }
    self.segments = segments
    guard Set(parameterNames).count == parameterNames.count else { return nil }
  }

  var parameterNames: [String] {
    segments.compactMap { segment in
      switch segment {
      case .literal: nil
      case .parameter(let name), .rest(let name): name
      }
    }
  }

  /// The path as OpenAPI writes it, which knows no `...`.
  var documentPath: String { description.split(separator: "...", omittingEmptySubsequences: false).joined() }
}
