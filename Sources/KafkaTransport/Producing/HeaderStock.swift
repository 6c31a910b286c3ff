import Messaging
import Synchronization

/// Lists of headers that wait for their next record, by shape. Bounded; any thread may use it.
final class HeaderStock: Sendable {
  /// About 700 bytes each: what is under way between a busy producer and its brokers.
  static let limit = 16_384
  /// Event types that a service publishes at once, more or less.
  static let shapeLimit = 16

  private struct Entry {
    let shape: HeaderShape
    var lists: [HeaderList] = []
  }

  private struct State {
    /// The one used last comes first.
    var entries: [Entry] = []
    var count = 0

    mutating func dropLast() {
      guard let last = entries.popLast() else { return }
      count -= last.lists.count
      for list in last.lists { list.destroy() }
    }
  }

  private let state = Mutex(State())

  deinit {
    state.withLock { state in while !state.entries.isEmpty { state.dropLast() } }
  }

  /// How many lists wait.
  var count: Int { state.withLock { $0.count } }

  /// The shape of a record's headers; `nil` where a list is not worth keeping.
  func shape(of record: EventRecord) -> HeaderShape? {
    state.withLock { state in
      if let index = state.entries.firstIndex(where: { $0.shape.fits(record) }) {
        if index > 0 { state.entries.insert(state.entries.remove(at: index), at: 0) }
        return state.entries[0].shape
      }
      guard let shape = HeaderShape(of: record) else { return nil }
      if state.entries.count == Self.shapeLimit { state.dropLast() }
      state.entries.insert(Entry(shape: shape), at: 0)
      return shape
    }
  }

  /// Moves up to `limit` lists of a shape to the end of `target`. Each is the taker's now, to be given back or destroyed.
  func take(_ limit: Int, of shape: HeaderShape, to target: inout [HeaderList]) {
    target += state.withLock { state -> [HeaderList] in
      guard let index = state.entries.firstIndex(where: { $0.shape === shape }) else { return [] }
      let taken = state.entries[index].lists.suffix(limit)
      state.entries[index].lists.removeLast(taken.count)
      state.count -= taken.count
      return Array(taken)
    }
  }

  /// Takes lists that hang on no message any more. Those that it has no room for are freed.
  func giveBack(_ lists: [HeaderList]) {
    guard !lists.isEmpty else { return }
    state.withLock { state in
      var index: Int?
      for list in lists {
        if index.map({ !list.isOf(state.entries[$0].shape) }) ?? true {
          index = state.entries.firstIndex { list.isOf($0.shape) }
        }
        if let index, state.count < Self.limit {
          state.entries[index].lists.append(list)
          state.count += 1
        } else {
          list.destroy()
        }
      }
    }
  }
}
