import Messaging
import Storage
import Synchronization

/// The topics of a log: a number for each name, never changed. What is known is kept in memory.
final class TopicCatalog: Sendable {
  private struct Known {
    var ids: [String: Int] = [:]
    var names: [Int: String] = [:]
  }

  private let known = Mutex(Known())

  func id(of name: String) -> Int? {
    known.withLock { $0.ids[name] }
  }

  func name(of id: Int) -> String? {
    known.withLock { $0.names[id] }
  }

  /// Every name by its number, as far as this process has seen them.
  var names: [Int: String] { known.withLock { $0.names } }

  /// Reads what other processes added.
  func refresh(in tx: Transaction) throws {
    let topics = try tx.query("SELECT id, name FROM topics") { (id: try $0.int(0), name: try $0.string(1)) }
    known.withLock { known in
      for topic in topics {
        known.ids[topic.name] = topic.id
        known.names[topic.id] = topic.name
      }
    }
  }

  /// The number of a topic, which is made when it is new. Remembered only once the transaction is durable.
  /// - Parameter created: Called when the topic is new.
  func findOrCreate(_ name: String, in tx: Transaction, created: () throws -> Void) throws -> Int {
    if let id = id(of: name) { return id }
    var found = try tx.first("SELECT id FROM topics WHERE name = ?", name) { try $0.int(0) }
    if found == nil {
      try tx.execute("INSERT INTO topics (name) VALUES (?)", name)
      found = Int(tx.lastInsertedID)
      try created()
    }
    let id = found ?? 0
    tx.afterCommit { [self] in
      known.withLock { known in
        known.ids[name] = id
        known.names[id] = name
      }
    }
    return id
  }
}
