import Foundation

/// Programs that a benchmark runs beside its own code.
enum Subprocess {
  /// What the program prints, once it has ended.
  /// - Throws: `BenchmarkFailure` when it ends with another code than 0.
  static func output(
    of program: URL, _ words: [String], environment: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = program
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchmarkFailure(
        "\(program.lastPathComponent) \(words.first ?? "") ended with \(process.terminationStatus)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
