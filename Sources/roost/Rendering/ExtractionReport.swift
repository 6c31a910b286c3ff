import Extraction

/// What was found in a text, for people: a table of entities and one of relationships, each with its words.
struct ExtractionReport: Sendable {
  let extraction: Extraction

  init(_ extraction: Extraction) { self.extraction = extraction }

  /// - Parameter width: `nil` for no limit.
  func lines(width: Int?, style: Style = .plain) -> [String] {
    if extraction.entities.isEmpty, extraction.relationships.isEmpty { return ["nothing found"] }
    var lines: [String] = []
    if !extraction.entities.isEmpty {
      var table = TextTable("entity", "type", .number("confidence"), .number("bytes"), "words")
      for entity in extraction.entities {
        table.add(
          entity.name, entity.type, Figures.decimal(entity.confidence, 2), "\(entity.start)–\(entity.end)", entity.text)
      }
      lines += table.lines(width: width, style: style)
    }
    if !extraction.relationships.isEmpty {
      if !lines.isEmpty { lines.append("") }
      var table = TextTable("source", "relationship", "target", .number("confidence"), "when", "words")
      for relationship in extraction.relationships {
        table.add(
          relationship.source, relationship.type, relationship.target, Figures.decimal(relationship.confidence, 2),
          Self.period(relationship), relationship.text)
      }
      lines += table.lines(width: width, style: style)
    }
    return lines
  }

  /// `2019-01-01 to 2020-01-01`, without the times of day that say nothing.
  private static func period(_ relationship: ExtractedRelationship) -> String {
    func day(_ time: String) -> String {
      time.hasSuffix("T00:00:00Z") ? String(time.prefix { $0 != "T" }) : time
    }
    return switch (relationship.validFrom.map(day), relationship.validTo.map(day)) {
    case (let from?, let to?): "\(from) to \(to)"
    case (let from?, nil): "since \(from)"
    case (nil, let to?): "until \(to)"
    case (nil, nil): ""
    }
  }
}
