import RuntimeHost
import Synchronization

/// What is known of an endpoint for a while: what it does not support, and that it wants to be left alone.
///
/// Kept in memory: after a restart it is found out again, at the price of a call. Any task may use it.
final class ChatSupport: Sendable {
  /// An endpoint may learn: what it refused is tried again after this.
  static let memory = Duration.seconds(3_600)

  private struct State {
    var refused: [ChatOptions.Feature: Duration] = [:]
    var restUntil = Duration.zero
  }

  private let clock: any EventClock
  private let state = Mutex(State())

  init(clock: any EventClock) { self.clock = clock }

  /// How to ask now.
  var options: ChatOptions {
    let now = clock.uptime()
    return state.withLock { state in
      state.refused = state.refused.filter { $0.value > now }
      return ChatOptions(without: Set(state.refused.keys))
    }
  }

  /// The endpoint answered only when these were left out.
  func refuse(_ features: [ChatOptions.Feature]) {
    let end = clock.uptime() + Self.memory
    state.withLock { state in for feature in features { state.refused[feature] = end } }
  }

  /// Nobody asks for so long.
  func rest(for duration: Duration) {
    let end = clock.uptime() + duration
    state.withLock { $0.restUntil = max($0.restUntil, end) }
  }

  /// How long nobody is to ask; `nil` when anybody may.
  var resting: Duration? {
    let left = state.withLock { $0.restUntil } - clock.uptime()
    return left > .zero ? left : nil
  }
}
