/// A neighbourhood as a tree from one entity: each entity is unfolded where it is reached first, each fact is shown
/// once, and what leads back is marked.
struct GraphTree: Sendable {
  private struct Branch {
    let fact: Neighbourhood.Fact
    let entity: Neighbourhood.Entity
    /// Whether the fact points from the parent to the entity.
    let isForward: Bool
    /// False where the entity is unfolded elsewhere.
    let isFirst: Bool
  }

  private let root: Neighbourhood.Entity
  private var branches: [String: [Branch]] = [:]

  /// - Parameter root: The id of an entity of the neighbourhood.
  init?(_ neighbourhood: Neighbourhood, root id: String) {
    let entities = Dictionary(neighbourhood.entities.map { ($0.id, $0) }) { first, _ in first }
    guard let root = entities[id] else { return nil }
    self.root = root
    var facts: [String: [Neighbourhood.Fact]] = [:]
    for fact in neighbourhood.facts {
      facts[fact.source, default: []].append(fact)
      if fact.target != fact.source { facts[fact.target, default: []].append(fact) }
    }
    var shown: Set<String> = []
    var reached: Set<String> = [id]
    var queue = [id][...]
    while let parent = queue.popFirst() {
      let around = (facts[parent] ?? []).filter { !shown.contains($0.id) }
      let sorted = around.sorted { left, right in
        (left.source == parent ? 0 : 1, left.type, -(left.confidence ?? 0), left.id)
          < (right.source == parent ? 0 : 1, right.type, -(right.confidence ?? 0), right.id)
      }
      for fact in sorted {
        let other = fact.source == parent ? fact.target : fact.source
        guard let entity = entities[other] else { continue }
        shown.insert(fact.id)
        let isFirst = reached.insert(other).inserted
        if isFirst { queue.append(other) }
        branches[parent, default: []].append(
          Branch(fact: fact, entity: entity, isForward: fact.source == parent, isFirst: isFirst))
      }
    }
  }

  /// - Parameter limit: The most branches of one entity; how many more there are is said.
  func render(width: Int? = nil, limit: Int = .max, style: Style = .plain) -> [String] {
    var lines = [style.bold(root.name) + style.dim(" (\(root.type))")]
    render(root.id, lead: "", width: width, limit: limit, style: style, into: &lines)
    return lines
  }

  private func render(
    _ id: String, lead: String, width: Int?, limit: Int, style: Style, into lines: inout [String]
  ) {
    let all = branches[id] ?? []
    let hidden = max(0, all.count - limit)
    for (index, branch) in all.prefix(limit).enumerated() {
      let isLast = index == all.count - 1
      let start = lead + (isLast ? "└─ " : "├─ ")
      lines.append(start + label(branch, room: width.map { $0 - DisplayText.width(start) }, style: style))
      guard branch.isFirst else { continue }
      render(
        branch.entity.id, lead: lead + (isLast ? "   " : "│  "), width: width, limit: limit, style: style, into: &lines)
    }
    if hidden > 0 { lines.append(lead + style.dim("└─ … \(Figures.count(hidden)) more")) }
  }

  private func label(_ branch: Branch, room: Int?, style: Style) -> String {
    let type = DisplayText.printable(branch.fact.type)
    let relation = branch.isForward ? "\(type) → " : "← \(type) "
    var rest = " (\(branch.entity.type))"
    if let from = branch.fact.validFrom { rest += " since " + from.prefix(10) }
    if let to = branch.fact.validTo { rest += " until " + to.prefix(10) }
    if !branch.isFirst { rest += " ↑" }
    let taken = DisplayText.width(relation) + DisplayText.width(rest)
    let name = room.map { DisplayText.truncated(branch.entity.name, to: max(8, $0 - taken)) } ?? branch.entity.name
    return style.cyan(relation) + name + style.dim(rest)
  }
}
