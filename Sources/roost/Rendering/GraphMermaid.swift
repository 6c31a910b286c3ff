/// A neighbourhood as a Mermaid flowchart.
enum GraphMermaid {
  static func render(_ neighbourhood: Neighbourhood) -> [String] {
    var lines = ["flowchart LR"]
    // Mermaid reads some words as its own (`end`), so nodes get names that cannot be one.
    var names: [String: String] = [:]
    for (index, entity) in neighbourhood.entities.enumerated() {
      names[entity.id] = "n\(index)"
      lines.append("  n\(index)[\"\(escaped(entity.name)) (\(escaped(entity.type)))\"]")
    }
    for fact in neighbourhood.facts {
      guard let source = names[fact.source], let target = names[fact.target] else { continue }
      lines.append("  \(source) -->|\"\(escaped(fact.type))\"| \(target)")
    }
    return lines
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\"": result += "#quot;"
      case "#": result += "#35;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
