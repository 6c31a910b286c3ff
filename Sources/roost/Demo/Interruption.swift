import Dispatch
import Foundation

/// Turns Ctrl-C and SIGTERM into the cancellation of what runs, so that it cleans up behind itself.
enum Interruption {
  static func guarding<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await body() }
    let numbers = [SIGINT, SIGTERM]
    // Without this the signal would end the process before the source sees it.
    let former = numbers.map { signal($0, SIG_IGN) }
    let sources = numbers.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for (number, handler) in zip(numbers, former) { signal(number, handler) }
    }
    return try await task.value
  }
}
