/// A neighbourhood in Graphviz's language.
enum GraphDot {
  static func render(_ neighbourhood: Neighbourhood) -> [String] {
    var lines = ["digraph roost {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    for entity in neighbourhood.entities {
      lines.append("  \(quoted(entity.id)) [label=\(quoted("\(entity.name)\n\(entity.type)"))];")
    }
    for fact in neighbourhood.facts {
      lines.append("  \(quoted(fact.source)) -> \(quoted(fact.target)) [label=\(quoted(fact.type))];")
    }
    return lines + ["}"]
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result + "\""
  }
}
