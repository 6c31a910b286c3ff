import Events

@testable import KnowledgeGraphService

/// The graph as plainly as it can be written: every statement of every memory with the time of its being known.
struct GraphModel {
  struct Statement: Equatable {
    var source: String
    var type: String
    var target: String
    var stated: Period
    var confidence: Double
  }

  /// A fact of one state.
  struct State: Hashable, CustomStringConvertible {
    var source: String
    var type: String
    var target: String
    var valid: Period
    var confidence: Double

    var description: String { "\(source) \(type) \(target) \(valid.from)…\(valid.to) \(confidence)" }
  }

  private struct Record {
    let memory: Int
    let statement: Statement
    let validFrom: Timestamp
    var known: Period
  }

  private var records: [Record] = []
  private var versions: [Int: Int] = [:]
  private var deleted: Set<Int> = []

  mutating func extract(_ memory: Int, version: Int, _ statements: [Statement], createdAt: Timestamp, at now: Timestamp)
  {
    guard version >= versions[memory, default: 0], !deleted.contains(memory) else { return }
    versions[memory] = version
    withdraw(memory, at: now)
    for statement in statements {
      let validFrom = statement.stated == Period() ? createdAt : statement.stated.from
      records.append(Record(memory: memory, statement: statement, validFrom: validFrom, known: Period(from: now)))
    }
  }

  mutating func delete(_ memory: Int, at now: Timestamp) {
    deleted.insert(memory)
    withdraw(memory, at: now)
  }

  /// The facts of a state, wherever they are in the graph.
  func state(_ asOf: AsOf) -> Set<State> {
    var found: [[String]: State] = [:]
    for record in records where asOf.knownAt.map(record.known.contains) ?? (record.known.to == Period.openEnd) {
      let said = record.statement
      let key = [said.source, said.type, said.target, "\(said.stated)"]
      let known = found[key]
      found[key] = State(
        source: said.source, type: said.type, target: said.target,
        valid: Period(from: min(known?.valid.from ?? record.validFrom, record.validFrom), to: said.stated.to),
        confidence: 1 - (1 - (known?.confidence ?? 0)) * (1 - said.confidence))
    }
    return Set(found.values.filter { state in asOf.validAt.map(state.valid.contains) ?? true })
  }

  /// The length of the shortest path, by looking at every entity's neighbours.
  func distance(_ start: String, _ end: String, in state: Set<State>) -> Int? {
    var reached: Set<String> = [start]
    for length in 0...6 {
      if reached.contains(end) { return length }
      let crossing = state.filter { reached.contains($0.source) != reached.contains($0.target) }
      reached.formUnion(crossing.flatMap { [$0.source, $0.target] })
    }
    return nil
  }

  private mutating func withdraw(_ memory: Int, at now: Timestamp) {
    for index in records.indices where records[index].memory == memory && records[index].known.to == Period.openEnd {
      records[index].known.to = now
    }
  }
}
