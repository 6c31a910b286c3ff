import Synchronization

/// What callbacks and timers hold of something made after them, so that they do not keep it alive.
final class WeakReference<Object: AnyObject & Sendable>: Sendable {
  private struct Reference {
    weak var object: Object?
  }

  private let reference = Mutex(Reference())

  var value: Object? { reference.withLock { $0.object } }

  func set(_ object: Object) {
    reference.withLock { $0.object = object }
  }
}
