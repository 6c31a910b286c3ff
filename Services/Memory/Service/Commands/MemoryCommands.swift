import MemoryEvents
import RuntimeHost

/// What callers do to memories, within one transaction: the change and the event that tells of it cannot part.
struct MemoryCommands {
  /// A memory as its creation is answered.
  struct Created: Sendable {
    var memory: Memory
    var correlationID: String
    /// Whether an earlier request with the same key created it.
    var isReplay: Bool
  }

  let tx: ServiceTransaction
  private var memories: MemoryStore { MemoryStore(in: tx.database) }

  /// Stores a memory, or finds what its key has created before.
  ///
  /// - Parameter correlationID: The flow that starts with it.
  /// - Throws: `Problem` when the key was used for another memory, or for one that is gone.
  func create(_ draft: MemoryDraft, key: IdempotencyKey?, correlationID: String) throws -> Created {
    let keys = IdempotencyStore(in: tx.database)
    if let key, let entry = try keys.entry(for: key, at: tx.now) {
      guard let original = try memories.original(row: entry.rowID) else {
        throw Problem(
          .conflict, type: "memory-deleted", title: "The memory was deleted",
          detail: "The memory that this idempotency key created has been deleted.")
      }
      guard original.isMade(of: draft) else {
        throw Problem(
          .unprocessableContent, type: "idempotency-key-reused", title: "The idempotency key was used before",
          detail: "It created another memory; a new request needs a new key.")
      }
      return Created(memory: original, correlationID: entry.correlationID, isReplay: true)
    }
    let created = try create([(draft, correlationID)])[0]
    if let key {
      try keys.save(.init(rowID: created.memory.rowID, correlationID: correlationID), for: key, at: tx.now)
    }
    return created
  }

  /// Stores memories that have no key, each the start of a flow.
  func create(_ drafts: [(draft: MemoryDraft, correlationID: String)]) throws -> [Created] {
    let created = try memories.create(
      drafts.map { (EventID.make(prefix: "mem_", at: tx.now), $0.draft) }, at: tx.now)
    return try zip(created, drafts).map { memory, wanted in
      try tx.publish(
        MemoryCreated(
          memoryID: memory.id, content: memory.content,
          filters: memory.filters.isEmpty ? nil : .object(memory.filters), userID: memory.userID,
          agentID: memory.agentID, version: memory.version, createdAt: memory.createdAt),
        metadata: memory.metadata(correlationID: wanted.correlationID))
      return Created(memory: memory, correlationID: wanted.correlationID, isReplay: false)
    }
  }

  /// Changes a memory; a change that changes nothing publishes nothing.
  ///
  /// - Parameter tag: The version that the caller knows, as `If-Match` has it.
  func update(_ id: String, with change: MemoryChange, ifMatch tag: String?) throws -> Memory {
    let memory = try existing(id, ifMatch: tag)
    let (next, changed) = try memories.update(memory, with: change, at: tx.now)
    guard !changed.isEmpty else { return next }
    try tx.publish(
      MemoryUpdated(
        memoryID: id, updatedFields: changed, version: next.version,
        content: changed.contains("content") ? next.content : nil,
        filters: changed.contains("filters") ? .object(next.filters) : nil), metadata: next.metadata())
    return next
  }

  /// Deletes a memory.
  /// - Returns: The version that the deletion makes.
  func delete(_ id: String, ifMatch tag: String?) throws -> Int {
    let memory = try existing(id, ifMatch: tag)
    let version = try memories.delete(memory, at: tx.now)
    try tx.publish(MemoryDeleted(memoryID: id, version: version), metadata: memory.metadata())
    return version
  }

  private func existing(_ id: String, ifMatch tag: String?) throws -> Memory {
    guard let memory = try memories.memory(id) else { throw Problem.unknownMemory(id) }
    if let tag, tag != "*", !tag.split(separator: ",").contains(where: { $0.trimmed == memory.entityTag }) {
      throw Problem(
        .preconditionFailed, type: "version-mismatch", title: "The memory has changed",
        detail: "The memory is at version \(memory.version), not at \(tag).",
        headers: ["ETag": memory.entityTag])
    }
    return memory
  }
}

extension Memory {
  /// What the memory's events say of whom it belongs to; the rest comes from the request.
  fileprivate func metadata(correlationID: String? = nil) -> EventMetadata {
    EventMetadata(userID: userID, agentID: agentID, correlationID: correlationID)
  }

  fileprivate func isMade(of draft: MemoryDraft) -> Bool {
    ExactComparison.isSame(content, draft.content) && ExactComparison.isSame(filters, draft.filters)
      && ExactComparison.isSame(userID ?? "", draft.userID ?? "")
      && ExactComparison.isSame(agentID ?? "", draft.agentID ?? "")
  }
}

extension Problem {
  static func unknownMemory(_ id: String) -> Problem {
    Problem(
      .notFound, type: "unknown-memory", title: "There is no such memory",
      detail: "There is no memory \(id), or it was deleted.")
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
