import Foundation
import HTTPClient
import Synchronization

/// A program of this package that runs as a process of its own: what a test kills, freezes and starts again.
///
/// It is killed when the value goes away. May be used from any task.
public final class RoostProcess: Sendable {
  /// How a process ended.
  public enum Ending: Sendable, Equatable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  private struct State {
    var ending: Ending?
    var waiters: [CheckedContinuation<Ending, Never>] = []
  }

  /// Where it serves HTTP, such as `http://127.0.0.1:40123`.
  public let url: String
  public let processID: Int32
  private let errors: URL
  private let state = Mutex(State())

  /// Starts a program with `--data-dir`, `--listen` on a free port, and the further arguments.
  ///
  /// - Parameters:
  ///   - program: Its name among the products of this build, such as `roost` (which is given `run` first).
  ///   - dataFolder: What it writes to; its standard error goes to `stderr.txt` beside.
  public init(
    _ program: String = "roost", dataFolder: URL, arguments: [String] = [], environment: [String: String] = [:]
  ) throws {
    let port = try freePort()
    url = "http://127.0.0.1:\(port)"
    errors = dataFolder.deletingLastPathComponent().appending(path: "\(dataFolder.lastPathComponent).stderr.txt")
    if !FileManager.default.fileExists(atPath: errors.path) {
      _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    }
    let process = Process()
    process.executableURL = Self.folder.appending(path: program)
    process.arguments =
      (program == "roost" ? ["run"] : [])
      + ["--data-dir", dataFolder.path, "--listen", "127.0.0.1:\(port)", "--log-format", "json"] + arguments
    // The settings of whoever runs the test are not the program's.
    let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ROOST_") }
    process.environment = inherited.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: errors)
    try output.seekToEnd()
    process.standardError = output
    let ended = Mutex<(@Sendable (Ending) -> Void)?>(nil)
    let early = Mutex<Ending?>(nil)
    process.terminationHandler = { process in
      let ending: Ending =
        process.terminationReason == .exit
        ? .exited(process.terminationStatus) : .killed(signal: process.terminationStatus)
      early.withLock { $0 = ending }
      ended.withLock { $0 }?(ending)
    }
    try process.run()
    try output.close()
    processID = process.processIdentifier
    ended.withLock { $0 = { [weak self] ending in self?.finish(ending) } }
    if let ending = early.withLock({ $0 }) { finish(ending) }
  }

  deinit {
    if state.withLock({ $0.ending }) == nil { kill(processID, SIGKILL) }
  }

  /// The folder that this build's programs lie in.
  public static var folder: URL {
    var url = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    // A test runner may lie in a bundle below the programs.
    for _ in 0..<4 where !FileManager.default.fileExists(atPath: url.appending(path: "roost").path) {
      url.deleteLastPathComponent()
    }
    return url
  }

  private func finish(_ ending: Ending) {
    let waiters = state.withLock { state in
      guard state.ending == nil else { return [CheckedContinuation<Ending, Never>]() }
      state.ending = ending
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: ending) }
  }

  /// How it ended, if it has.
  public var ending: Ending? { state.withLock { $0.ending } }

  /// Waits for its end.
  public func end() async -> Ending {
    await withCheckedContinuation { continuation in
      let ending = state.withLock { state in
        if state.ending == nil { state.waiters.append(continuation) }
        return state.ending
      }
      if let ending { continuation.resume(returning: ending) }
    }
  }

  /// Sends a signal, such as `SIGTERM`, `SIGSTOP` or `SIGCONT`.
  public func send(_ signal: Int32) { kill(processID, signal) }

  /// Ends it as a power cut would, and waits until it is gone.
  public func killHard() async {
    send(SIGKILL)
    _ = await end()
  }

  /// Waits until it says that it is ready.
  ///
  /// Another process can only be asked again and again; it is, every 10 ms, until the limit.
  public func waitUntilReady(within limit: Duration = .seconds(180)) async throws {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < limit {
      if let ending { throw ProcessFailure("it ended before it was ready: \(ending)\n\(errorText)") }
      let request = HTTPClientRequest(method: "GET", url: "\(url)/health/ready", timeout: .seconds(1))
      if let response = try? await HTTPClient.shared.send(request), response.isSuccess { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw ProcessFailure("it was not ready within \(limit)\n\(errorText)")
  }

  /// What it has written to standard error, the last 16 KiB of it.
  public var errorText: String {
    let bytes = (try? Data(contentsOf: errors)) ?? Data()
    return String(decoding: bytes.suffix(16_384), as: UTF8.self)
  }
}
