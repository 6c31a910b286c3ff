import RuntimeHost

/// One flow's events, put in causal order.
///
/// A pure value: an event follows the one that caused it; siblings follow each other by time, then by arrival. An event
/// whose cause is not here (it is missing, or names itself in a circle) stands at the top, at its place in time.
struct Flow: Sendable {
  /// An event of the flow: what its envelope says, and the envelope.
  struct Entry: Sendable, Equatable {
    var id: String
    var type: String
    var timestamp: Timestamp
    var causationID: String?
    var envelope: [UInt8]
  }

  /// The chain of events, from a first cause on, that ended last: what the flow's time was spent on.
  struct LongestPath: Sendable, Equatable {
    var eventIDs: [String]
    var duration: Duration
  }

  /// In causal order.
  let events: [Entry]

  /// - Parameter arrived: The events in the order of their arrival. Of two with one id the first counts.
  init(arrived: [Entry]) {
    var positions: [String: Int] = [:]
    var unique: [Entry] = []
    for entry in arrived where positions[entry.id] == nil {
      positions[entry.id] = unique.count
      unique.append(entry)
    }
    let byTime = unique.indices.sorted { left, right in
      (unique[left].timestamp, left) < (unique[right].timestamp, right)
    }
    var children: [Int: [Int]] = [:]
    var tops: [Int] = []
    for index in byTime {
      if let cause = unique[index].causationID.flatMap({ positions[$0] }), cause != index {
        children[cause, default: []].append(index)
      } else {
        tops.append(index)
      }
    }
    var ordered: [Entry] = []
    var isPlaced = [Bool](repeating: false, count: unique.count)
    func place(from top: Int) {
      var stack = [top]
      while let index = stack.popLast() {
        guard !isPlaced[index] else { continue }
        isPlaced[index] = true
        ordered.append(unique[index])
        stack.append(contentsOf: (children[index] ?? []).reversed())
      }
    }
    tops.forEach(place)
    // What is left hangs in circles of causes: enter each at its earliest event.
    byTime.forEach(place)
    events = ordered
  }

  var startedAt: Timestamp? { events.map(\.timestamp).min() }
  var endedAt: Timestamp? { events.map(\.timestamp).max() }

  var duration: Duration {
    guard let startedAt, let endedAt else { return .zero }
    return endedAt - startedAt
  }

  var longestPath: LongestPath? {
    guard var last = events.enumerated().max(by: { ($0.1.timestamp, $0.0) < ($1.1.timestamp, $1.0) })?.element else {
      return nil
    }
    let byID = Dictionary(events.map { ($0.id, $0) }) { first, _ in first }
    let end = last.timestamp
    var path = [last.id]
    var visited: Set<String> = [last.id]
    while let cause = last.causationID.flatMap({ byID[$0] }), visited.insert(cause.id).inserted {
      path.append(cause.id)
      last = cause
    }
    return LongestPath(eventIDs: path.reversed(), duration: max(.zero, end - last.timestamp))
  }
}
