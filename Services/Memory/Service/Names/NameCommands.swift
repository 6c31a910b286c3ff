import RuntimeHost

/// What callers do to the list of names, within one transaction.
struct NameCommands {
  struct Added: Sendable {
    let name: ListedName
    /// Whether it was added just now.
    let isNew: Bool
    /// Whether an earlier request with the same key has added it.
    let isReplay: Bool
  }

  let tx: ServiceTransaction
  private var names: ListedNameStore { ListedNameStore(in: tx.database) }

  /// Adds an entry, or finds the same one.
  ///
  /// - Parameter key: The caller's name for the request.
  /// - Throws: `Problem` when a name of it is another entry's, when the list is full, or when the key was used for
  ///   another entry or for one that is gone.
  func add(_ draft: NameDraft, key: String?) throws -> Added {
    try NameListVersions.lock(in: tx.database)
    if let key, let request = try names.request(key, at: tx.now) {
      guard ExactComparison.isSame(request.entry, draft.text) else {
        throw Problem(
          .unprocessableContent, type: "idempotency-key-reused", title: "The idempotency key was used before",
          detail: "It added another name; a new request needs a new key.")
      }
      guard let name = try names.name(request.nameID) else {
        throw Problem(
          .conflict, type: "name-removed", title: "The name was removed",
          detail: "The name that this idempotency key added has been removed.")
      }
      return Added(name: name, isNew: true, isReplay: true)
    }
    for form in draft.forms.sorted() {
      guard let other = try names.name(form: form) else { continue }
      guard other.isMade(of: draft) else {
        throw Problem(
          .conflict, type: "name-taken", title: "The name is listed already",
          detail: "\(other.id) has it: \(other.name), \(other.type).")
      }
      return Added(name: other, isNew: false, isReplay: false)
    }
    guard try names.count() < NameLimits.entries else {
      throw Problem(
        .conflict, type: "name-list-full", title: "The list of names is full",
        detail: "It has \(NameLimits.entries) names, as many as it may have.")
    }
    let name = try names.add(draft, id: EventID.make(prefix: "name_", at: tx.now), at: tx.now)
    if let key { try names.save(request: key, nameID: name.id, entry: draft.text, at: tx.now) }
    try NameListVersions.countListed(in: tx.database)
    return Added(name: name, isNew: true, isReplay: false)
  }

  /// - Throws: `Problem` when there is no such entry.
  func remove(_ id: String) throws {
    try NameListVersions.lock(in: tx.database)
    guard try names.remove(id) else { throw Problem.unknownName(id) }
    try NameListVersions.countListed(in: tx.database)
  }
}

extension ListedName {
  fileprivate func isMade(of draft: NameDraft) -> Bool {
    ExactComparison.isSame(name, draft.name) && type == draft.type && aliases.count == draft.aliases.count
      && zip(aliases, draft.aliases).allSatisfy { ExactComparison.isSame($0, $1) }
  }
}

extension Problem {
  static func unknownName(_ id: String) -> Problem {
    Problem(
      .notFound, type: "unknown-name", title: "There is no such name", detail: "There is no name \(id) in the list.")
  }
}
