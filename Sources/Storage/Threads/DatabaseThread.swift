import Glibc

/// A thread that runs one closure to its end, so that blocking calls stay off Swift's cooperative threads.
enum DatabaseThread {
  private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Address space, of which only the pages that are used count; deep JSON inside a closure needs some.
  private static let stackBytes = 1 << 20

  /// - Throws: `.other` when the system gives no more threads.
  static func start(_ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackBytes)
    let box = Unmanaged.passRetained(Body(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      throw DatabaseError(.other, "no thread for the database: \(String(cString: strerror(code)))", code: Int(code))
    }
  }
}
