import Foundation
import RoostTesting
import Synchronization

/// A member of a consumer group in a process of its own (see `kafka-member`). Killed when the value goes away.
final class MemberProcess: Sendable {
  let lines = Recorder<String>()
  private let endings = Recorder<Int32>()
  private let processID: Int32
  private let input: FileHandle

  init(_ kafka: Kafka, group: String, acknowledges count: Int, settings: [String: String] = [:]) throws {
    let process = Process()
    process.executableURL = RoostProcess.folder.appending(path: "kafka-member")
    let settings = kafka.configuration.settings.merging(settings) { $1 }
    process.arguments =
      [kafka.servers, kafka.prefix, group, String(count)] + settings.map { "\($0.key)=\($0.value)" }
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
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

  /// Ends it as a power cut would, and waits until it is gone.
  func killHard() async throws {
    kill(processID, SIGKILL)
    try await endings.wait(count: 1)
  }

  /// Has it stand still, as a machine that is suspended, until `thaw`.
  func freeze() { kill(processID, SIGSTOP) }

  func thaw() { kill(processID, SIGCONT) }

  /// Lets it leave in order. Returns its exit code.
  func leave() async throws -> Int32? {
    try input.close()
    return try await endings.wait(count: 1).first
  }
}
