import Synchronization

/// Work that is being traced. Any thread may add to it; what is added after it ended is lost.
public final class Span: Sendable {
  private struct State {
    var attributes: [String: String]
    var error: String?
  }

  /// What to hand to whoever is called from here; nil when spans are not recorded.
  public let context: TraceContext?
  /// Whether anybody will see what is added.
  public let isRecorded: Bool
  private let state: Mutex<State>

  init(context: TraceContext?, attributes: [String: String] = [:]) {
    self.context = context
    self.isRecorded = context != nil
    self.state = Mutex(State(attributes: attributes))
  }

  static let unrecorded = Span(context: nil)

  /// Adds a value; it is built only when the span is recorded.
  public func set(_ key: String, to value: @autoclosure () -> String) {
    guard isRecorded else { return }
    let value = value()
    state.withLock { $0.attributes[key] = value }
  }

  /// Notes that the work failed.
  public func record(error: any Error) {
    guard isRecorded else { return }
    let text = String(describing: error)
    state.withLock { $0.error = text }
  }

  var recorded: (attributes: [String: String], error: String?) {
    state.withLock { ($0.attributes, $0.error) }
  }
}
