import Foundation

/// The containers of `compose.yaml`, brought up by `Scripts/compose-test`, as a test handles them.
struct ComposeProject: Sendable {
  /// Where its gateway is, such as `http://127.0.0.1:8080`.
  let url: String
  /// The words of a shell that call compose for this project.
  private let compose: String

  /// Nil where no such project was brought up.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let url = environment["ROOST_TEST_GATEWAY_URL"], let compose = environment["ROOST_TEST_COMPOSE"] else {
      return nil
    }
    self.url = url
    self.compose = compose
  }

  /// The ids of a service's running containers, the oldest first.
  func containers(of service: String) async throws -> [String] {
    let ids = try await shell("\(compose) ps -q \(service)").split(separator: "\n").map(String.init)
    let running = try await shell(
      "docker inspect -f '{{.Created}} {{.Id}} {{.State.Running}}' \(ids.joined(separator: " "))")
    return running.split(separator: "\n").filter { $0.hasSuffix(" true") }.sorted().map { line in
      String(line.split(separator: " ")[1])
    }
  }

  func container(of service: String) async throws -> String {
    guard let first = try await containers(of: service).first else {
      throw TestFailure("\(service) has no running container")
    }
    return first
  }

  /// Ends a container as a power cut would.
  func kill(_ container: String) async throws { try await shell("docker kill \(container)") }

  func start(_ container: String) async throws { try await shell("docker start \(container)") }

  /// Ends a container in order, and removes it.
  func retire(_ container: String) async throws -> Int {
    try await shell("docker stop -t 40 \(container)")
    let code = try await shell("docker inspect -f '{{.State.ExitCode}}' \(container)")
    try await shell("docker rm \(container)")
    return Int(code.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
  }

  /// Puts a further container beside those that a service has, of another image.
  func add(to service: String, image: String) async throws {
    try await shell(
      "ROOST_IMAGE=\(image) \(compose) up -d --no-deps --no-recreate --no-build --scale \(service)=2 \(service)")
  }

  /// Waits until its health check says that all is well. Another program can only be asked again and again.
  func waitUntilHealthy(_ container: String, within limit: Duration = .seconds(120)) async throws {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < limit {
      let status = try await shell("docker inspect -f '{{.State.Health.Status}}' \(container)")
      if status.hasPrefix("healthy") { return }
      try await Task.sleep(for: .milliseconds(250))
    }
    throw TestFailure("the container \(container) was not healthy within \(limit)")
  }

  /// Runs a command to its end.
  ///
  /// - Returns: What it wrote to its standard output.
  @discardableResult
  private func shell(_ command: String) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let code = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    guard code == 0 else { throw TestFailure("`\(command)` ended with \(code)") }
    return text
  }
}
