import Foundation
import Synchronization

/// A process that a test starts, reads by its lines, stops and kills. Killed when the value goes away. Any task may use it.
public final class ChildProcess: Sendable {
  /// What it has written to its standard output.
  public let lines = Recorder<String>()
  private let endings = Recorder<Int32>()
  private let processID: Int32
  private let input: FileHandle

  /// Starts the process.
  ///
  /// - Parameters:
  ///   - environment: Goes before what the test inherits.
  ///   - takesErrors: Whether what it writes to its standard error is among the lines.
  /// - Throws: What Foundation's `Process` throws when the program cannot be run.
  public init(_ program: URL, _ arguments: [String], environment: [String: String] = [:], takesErrors: Bool = false)
    throws
  {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
    if takesErrors { process.standardError = output }
    process.standardInput = input
    self.input = input.fileHandleForWriting
    let partial = Mutex<[UInt8]>([])
    output.fileHandleForReading.readabilityHandler = { [lines] handle in
      let bytes = handle.availableData
      guard !bytes.isEmpty else {
        handle.readabilityHandler = nil
        return
      }
      let complete = partial.withLock { partial in
        partial += bytes
        var parts = partial.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        partial = Array(parts.removeLast())
        return parts.map { String(decoding: $0, as: UTF8.self) }
      }
      lines.append(contentsOf: complete)
    }
    process.terminationHandler = { [endings] in endings.append($0.terminationStatus) }
    try process.run()
    processID = process.processIdentifier
  }

  deinit {
    if endings.elements.isEmpty { kill(processID, SIGKILL) }
  }

  /// Waits for its end and returns its exit code.
  public func end() async throws -> Int32? { try await endings.wait(count: 1).first }

  /// Ends it as a power cut would, and waits until it is gone.
  public func killHard() async throws {
    kill(processID, SIGKILL)
    try await endings.wait(count: 1)
  }

  /// Has it stand still, as a machine that is suspended, until `thaw`.
  public func freeze() { kill(processID, SIGSTOP) }

  /// Ends what `freeze` began.
  public func thaw() { kill(processID, SIGCONT) }

  /// Lets it leave in order: its standard input ends. Returns its exit code.
  public func leave() async throws -> Int32? {
    try input.close()
    return try await end()
  }
}
