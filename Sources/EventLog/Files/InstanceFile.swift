import Dispatch
import Glibc
import Messaging

/// The file beside the log by which its processes know of each other: `<path>-instances`.
///
/// Each holds the lock of the byte that is its number, which ends with the process however it ends: so a killed one is
/// noticed without waiting for a timeout. A write to byte 0 is the bell: the others, who watch the file, wake up.
///
/// Sendable because nothing changes after `init`: the descriptor is for system calls alone, which any thread may make,
/// and a dispatch source may be used from any thread.
final class InstanceFile: @unchecked Sendable {
  /// Linux's locks of an open file rather than of a process; Glibc's module does not show the names.
  private static let getLock: Int32 = 36  // F_OFD_GETLK
  private static let setLock: Int32 = 37  // F_OFD_SETLK

  private let descriptor: Int32
  private let watch: any DispatchSourceRead

  /// - Parameter onBell: Called on a dispatch queue when anybody rang, oneself included.
  init(path: String, onBell: @escaping @Sendable () -> Void) throws(TransportError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw TransportError(.unavailable, "\(path): \(String(cString: strerror(errno)))")
    }
    let notifications = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard notifications >= 0, inotify_add_watch(notifications, path, UInt32(IN_MODIFY)) >= 0 else {
      let reason = String(cString: strerror(errno))
      Glibc.close(descriptor)
      if notifications >= 0 { Glibc.close(notifications) }
      throw TransportError(.unavailable, "\(path) cannot be watched: \(reason)")
    }
    self.descriptor = descriptor
    watch = DispatchSource.makeReadSource(fileDescriptor: notifications)
    watch.setEventHandler {
      var events = [UInt8](repeating: 0, count: 4096)
      while read(notifications, &events, events.count) > 0 {}
      onBell()
    }
    watch.setCancelHandler { Glibc.close(notifications) }
    watch.activate()
  }

  deinit {
    watch.cancel()
    Glibc.close(descriptor)
  }

  func ring() {
    var byte: UInt8 = 0
    // The bell is a help: those who miss it look once a tick.
    _ = pwrite(descriptor, &byte, 1, 0)
  }

  /// Shows that instance `id` is alive, until this object or the process ends.
  func claim(_ id: Int64) {
    var lock = Self.lock(on: id)
    _ = fcntl(descriptor, Self.setLock, &lock)
  }

  /// Whether the process of another instance is there. One's own is not seen by this.
  func isAlive(_ id: Int64) -> Bool {
    var lock = Self.lock(on: id)
    guard fcntl(descriptor, Self.getLock, &lock) == 0 else { return true }
    return lock.l_type != Int16(F_UNLCK)
  }

  private static func lock(on id: Int64) -> Glibc.flock {
    var lock = Glibc.flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = Int(id)
    lock.l_len = 1
    return lock
  }
}
