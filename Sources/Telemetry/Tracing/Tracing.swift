import Glibc
import Synchronization

/// The one place where a program says what becomes of its spans. Without an exporter a span costs one atomic read.
public enum Tracing {
  private static let isOn = Atomic<Bool>(false)
  private static let exporter = Mutex<(any SpanExporter)?>(nil)

  /// Sets who takes the spans; nil turns tracing off. Any thread may call; the last call wins.
  public static func bootstrap(_ exporter: (any SpanExporter)?) {
    Self.exporter.withLock { $0 = exporter }
    isOn.store(exporter != nil, ordering: .releasing)
  }

  static var current: (any SpanExporter)? {
    isOn.load(ordering: .acquiring) ? exporter.withLock { $0 } : nil
  }

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
