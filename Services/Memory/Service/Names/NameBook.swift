import Extraction
import RuntimeHost
import Synchronization

/// The lists of names as one process has them, loaded from the database when they have changed.
///
/// Nobody tells a process of a change, and it never asks: whoever stores what was read from a text sees in that
/// transaction how often the lists have changed (``note(_:)``), whichever process changed them. When people's entries
/// have, what was read is out of date and the text is read again; the graph's names are loaded before the next text.
/// Any task may use it.
final class NameBook: Sendable {
  private struct State {
    var edition = NameEdition()
    /// The newest state that was seen in the database.
    var newest = NameListVersions()
    var loading: Task<Void, any Error>?
  }

  private let state = Mutex(State())

  /// The names to read the next text with.
  ///
  /// - Throws: What the database throws when they have to be loaded.
  func edition(_ context: ServiceContext) async throws -> NameEdition {
    let (edition, loading) = state.withLock { state -> (NameEdition, Task<Void, any Error>?) in
      let edition = state.edition
      let isCurrent =
        edition.versions.listed == state.newest.listed
        && !edition.isDue(graph: state.newest.graph, at: context.clock.uptime())
      if isCurrent { return (edition, nil) }
      // Who comes while it is loaded waits for the same.
      let loading = state.loading ?? Task { try await self.load(context) }
      state.loading = loading
      return (edition, loading)
    }
    guard let loading else { return edition }
    try await loading.value
    return state.withLock(\.edition)
  }

  /// Takes note of how often the lists have changed, as a transaction that is durable has seen it.
  func note(_ versions: NameListVersions) {
    state.withLock { $0.newest = versions }
  }

  /// Takes note of a change of people's entries that a transaction has seen and may not outlive.
  func note(_ change: NamesChanged) {
    state.withLock { $0.newest.listed = change.listed }
  }

  private func load(_ context: ServiceContext) async throws {
    defer { state.withLock { $0.loading = nil } }
    let before = state.withLock(\.edition)
    let uptime = context.clock.uptime()
    let edition = try await context.read { tx in
      var edition = before
      edition.versions = try NameListVersions.read(in: tx)
      if edition.versions.listed != before.versions.listed {
        edition.names.listed = NameList(try ListedNameStore(in: tx).entries())
      }
      if edition.versions.graph != before.versions.graph {
        edition.names.seen = NameList(try GraphNameStore(in: tx).entries())
        edition.graphLoadedAt = uptime
      }
      return edition
    }
    state.withLock { state in
      state.edition = edition
      state.newest.listed = edition.versions.listed
      state.newest.graph = max(state.newest.graph, edition.versions.graph)
    }
  }
}
