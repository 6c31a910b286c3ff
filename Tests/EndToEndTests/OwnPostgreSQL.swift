import Foundation

/// A PostgreSQL server of one test's own, which may be made to crash.
struct OwnPostgreSQL: Sendable {
  /// The database that services may use.
  let url: String
  private let folder: URL

  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Scripts/test-servers").path

  /// Starts a server, runs the body and takes the server away.
  /// - Parameter folder: A folder that is not there yet.
  static func run(in folder: URL, _ body: (OwnPostgreSQL) async throws -> Void) async throws {
    let lines = try await call("start", folder, "postgres")
    do {
      guard let line = lines.split(separator: "\n").first(where: { $0.contains("ROOST_TEST_POSTGRES_URL=") }),
        let equals = line.firstIndex(of: "=")
      else { throw TestFailure("the server did not say where it is: \(lines)") }
      try await body(OwnPostgreSQL(url: String(line[line.index(after: equals)...]), folder: folder))
    } catch {
      _ = try? await call("stop", folder)
      throw error
    }
    _ = try await call("stop", folder)
  }

  /// Ends every process of the server at once and starts it again. Returns when it takes connections.
  func crash() async throws {
    _ = try await Self.call("crash", folder)
  }

  private static func call(_ action: String, _ folder: URL, _ arguments: String...) async throws -> String {
    let process = Process()
    // Foundation takes a process for ended when nobody holds a socket that it hands down: the server must not inherit it.
    let withoutInheritance = """
      for file in /proc/self/fd/*; do number=${file##*/}; ((number < 3)) || eval "exec $number>&-"; done; exec "$@"
      """
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", withoutInheritance, "bash", script, action, folder.path] + arguments
    let output = folder.deletingLastPathComponent().appending(path: "output-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    // A file: a pipe would be held open by the server that is started.
    let handle = try FileHandle(forWritingTo: output)
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    let code = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    try handle.close()
    let text = try String(contentsOf: output, encoding: .utf8)
    guard code == 0 else { throw TestFailure("\(action): \(text)") }
    return text
  }
}
