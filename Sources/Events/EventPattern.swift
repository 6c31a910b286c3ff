/// Which event types a handler wants.
///
/// `*` alone is everything. A `*` in place of a segment matches one segment; as the last of several it matches one or
/// more, so `memory.*` matches `memory.created` and `memory.entity.extracted`. Everything else matches itself.
public struct EventPattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  enum Segment: Hashable, Sendable {
    case literal(EventSegment)
    case wildcard
  }

  /// The pattern as it was written.
  public let text: String
  let segments: [Segment]

  public init(validating text: some StringProtocol) throws(EventTypeError) {
    self.text = String(text)
    if let reason = Self.refusal(of: self.text) { throw EventTypeError(name: self.text, reason: reason) }
    segments = self.text.split(separator: ".").map { $0 == "*" ? .wildcard : .literal(EventSegment(String($0))) }
  }

  /// For patterns written in code. A literal that is no pattern is a mistake in the program and stops it.
  public init(stringLiteral text: String) {
    do throws(EventTypeError) { try self.init(validating: text) } catch { preconditionFailure(error.description) }
  }

  /// The pattern that matches `type` alone.
  public init(_ type: EventType) {
    text = type.name
    segments = type.storage.segments.map { .literal($0) }
  }

  /// The domain whose events alone it can match; nil when the first segment is a wildcard.
  public var literalDomain: String? {
    if case .literal(let segment) = segments[0] { segment.text } else { nil }
  }

  /// The one type that it matches; nil when it holds a wildcard.
  public var literalType: EventType? {
    segments.contains(.wildcard) ? nil : try? EventType(validating: text)
  }

  public func matches(_ type: EventType) -> Bool {
    let names = type.storage.segments
    let isOpen = segments.last == .wildcard
    guard names.count == segments.count || isOpen && names.count > segments.count else { return false }
    return zip(segments, names).allSatisfy { segment, name in
      if case .literal(let literal) = segment { literal == name } else { true }
    }
  }

  public var description: String { text }

  /// What is wrong with `text` as a pattern, or nil.
  private static func refusal(of text: String) -> String? {
    if text == "*" { return nil }
    if text.utf8.count > EventType.maximumLength { return "is longer than \(EventType.maximumLength) bytes" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    for part in parts where part != "*" {
      if part.isEmpty { return "has an empty segment" }
      guard part.utf8.allSatisfy(EventTypeStorage.isSegmentByte) else {
        return "may hold only a-z, 0-9, '_' and '.', or '*' as a whole segment"
      }
    }
    guard (2...6).contains(parts.count) else { return "must be '*' or have 2 to 6 segments, has \(parts.count)" }
    return nil
  }
}
