import CMicroHTTPD

/// A connection of the library's.
///
/// `@unchecked Sendable`: the pointer is only an address here; it is used on the connection's own thread, or to resume
/// it while it rests, which the library allows from any thread and which keeps it from being freed.
struct ConnectionHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Takes the connection out of its thread's loop. Only inside one of its own callbacks, and not twice.
  func suspend() { MHD_suspend_connection(pointer) }

  /// Puts a suspended connection back into its thread's loop.
  func resume() { MHD_resume_connection(pointer) }
}
