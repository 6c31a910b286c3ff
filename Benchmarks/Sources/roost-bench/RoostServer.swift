import Foundation
import HTTPClient

/// A release build of `roost run` as a process of its own.
final class RoostServer: Sendable {
  let url: String
  /// From the start of the process until it said that it was ready.
  let startMilliseconds: Double
  private let processID: Int32

  private init(url: String, startMilliseconds: Double, processID: Int32) {
    self.url = url
    self.startMilliseconds = startMilliseconds
    self.processID = processID
  }

  /// - Parameter settings: As variables, such as `ROOST_DATABASE_URL`; no other `ROOST_` variable is passed on.
  static func start(dataFolder: URL, settings: [String: String] = [:]) async throws -> RoostServer {
    let program = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).appendingPathComponent(
      ".build/release/roost")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw BenchmarkFailure("there is no \(program.path): `make bench` builds it")
    }
    let port = Int.random(in: 20_000..<30_000)
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "run", "--data-dir", dataFolder.path, "--listen", "127.0.0.1:\(port)", "--log-level", "warning",
    ]
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ROOST_") }
      .merging(settings) { $1 }
    process.standardInput = FileHandle.nullDevice
    let clock = ContinuousClock()
    let start = clock.now
    try process.run()
    let url = "http://127.0.0.1:\(port)"
    while clock.now - start < .seconds(20) {
      let request = HTTPClientRequest(method: "GET", url: url + "/health/ready", timeout: .seconds(1))
      if let response = try? await HTTPClient.shared.send(request), response.isSuccess {
        let time = (clock.now - start) / .milliseconds(1)
        return RoostServer(url: url, startMilliseconds: time, processID: process.processIdentifier)
      }
      guard process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(2))
    }
    process.terminate()
    throw BenchmarkFailure("roost did not become ready at \(url)")
  }

  /// The process's resident memory in MB (1,000,000 bytes).
  var residentMegabytes: Double {
    ResidentMemory.megabytes(of: processID)
  }

  /// The processor time that the process has used, all threads together.
  var processorTime: Duration {
    let status = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
    // The name, which may hold anything, ends at the last bracket; the state comes next.
    let fields = status[(status.lastIndex(of: ")") ?? status.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else { return .zero }
    return .seconds(1) * (user + system) / sysconf(Int32(_SC_CLK_TCK))
  }

  func stop() { kill(processID, SIGTERM) }
}
