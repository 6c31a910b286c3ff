import Foundation

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
    process.terminationHandler = { [endings] in endings.append($0.terminationStatus) }
    try process.run()
    processID = process.processIdentifier
    Self.read(output.fileHandleForReading, into: lines)
  }

  /// Takes in what is written, on a thread of its own: a `readabilityHandler` goes on being watched after its descriptor
  /// was closed, and takes the next one's place.
  private static func read(_ output: FileHandle, into lines: Recorder<String>) {
    Thread.detachNewThread {
      var partial: [UInt8] = []
      while case let bytes = output.availableData, !bytes.isEmpty {
        partial += bytes
        var parts = partial.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        partial = Array(parts.removeLast())
        lines.append(contentsOf: parts.map { String(decoding: $0, as: UTF8.self) })
      }
    }
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
