import Events
import JSON

/// An event in one short line: what a person wants to know of it without reading its payload.
enum EventLine {
  /// What the event is about: a memory's first words, the entities found, the id of what changed.
  static func subject(_ event: JSONValue) -> String {
    let payload = event["payload"] ?? .null
    let text: String
    switch event["event_type"]?.stringValue {
    case "memory.created", "memory.updated":
      text = payload["content"]?.stringValue.map { "“\($0)”" } ?? id(in: payload)
    case "memory.entity.extracted":
      let entities = payload["entities"]?.arrayValue ?? []
      let count = payload["relationships"]?.arrayValue?.count ?? 0
      var names: [String] = []
      for name in entities.compactMap({ $0["name"]?.stringValue }) where !names.contains(name) { names.append(name) }
      let statements = count == 0 ? "" : Figures.count(count, "statement", "statements") + " on "
      text = names.isEmpty ? "no names" : statements + names.joined(separator: ", ")
    case "knowledge_graph.updated":
      let counts = [
        ("entities_added", "+", "entity", "entities"), ("facts_added", "+", "fact", "facts"),
        ("facts_withdrawn", "-", "fact", "facts"),
      ].compactMap { field, sign, one, many -> String? in
        let count = payload[field]?.arrayValue?.count ?? 0
        return count == 0 ? nil : sign + Figures.count(count, one, many)
      }
      text = counts.isEmpty ? "nothing new" : counts.joined(separator: ", ")
    case "memory.searched":
      let found = Figures.count(payload["result_count"]?.intValue ?? 0, "hit", "hits")
      text = "“\(payload["query"]?.stringValue ?? "")”, \(found)"
    default: text = id(in: payload)
    }
    return DisplayText.printable(text)
  }

  /// The first field of the payload that names something.
  private static func id(in payload: JSONValue) -> String {
    let fields = payload.objectValue?.compactMap { key, value in value.stringValue.map { (key, $0) } } ?? []
    let named =
      fields.first { $0.0 == "name" } ?? fields.first { $0.0.hasSuffix("_id") } ?? fields.first { $0.0 == "title" }
    return (named ?? fields.first)?.1 ?? ""
  }

  /// `12:03:04.512  memory.created                 corr_…  “John visited Paris”`.
  static func render(_ event: JSONValue, width: Int?, style: Style = .plain) -> String {
    let type = DisplayText.printable(event["event_type"]?.stringValue ?? "?")
    let time = (event["timestamp"]?.stringValue).flatMap { try? Timestamp(parsing: $0) }
    let clock = time.map { String($0.description.dropFirst(11).prefix(12)) } ?? "            "
    let correlation = DisplayText.printable(event["metadata"]?["correlation_id"]?.stringValue ?? "-")
    let typeColumn = DisplayText.padded(type, to: 30)
    var rest = subject(event)
    if let width {
      let taken = 12 + 2 + DisplayText.width(typeColumn) + 2 + DisplayText.width(correlation) + 2
      rest = DisplayText.truncated(rest, to: max(10, width - taken))
    }
    return "\(style.dim(clock))  \(style.cyan(typeColumn))  \(style.dim(correlation))  \(rest)"
  }
}
