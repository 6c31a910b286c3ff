import Synchronization

@testable import Messaging

/// Sees the appends of several relays, and whether two of them ever send the same key at the same time.
final class KeyWatch: Sendable {
  private struct State {
    var underWay: Set<String> = []
    var collisions: Set<String> = []
    var arrived: [EventRecord] = []
  }

  private let state = Mutex(State())

  /// Keys that two appends held at once.
  var collisions: Set<String> { state.withLock { $0.collisions } }

  /// What arrived, whoever sent it, in order.
  var arrived: [EventRecord] { state.withLock { $0.arrived } }

  func begin(_ records: [EventRecord]) {
    state.withLock { state in
      let keys = Set(records.compactMap(\.key))
      state.collisions.formUnion(state.underWay.intersection(keys))
      state.underWay.formUnion(keys)
    }
  }

  func end(_ records: [EventRecord], arrived: [EventRecord]) {
    state.withLock { state in
      state.underWay.subtract(records.compactMap(\.key))
      state.arrived += arrived
    }
  }
}
