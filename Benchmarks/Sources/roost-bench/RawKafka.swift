import Foundation

/// The yardstick of the Kafka benchmarks: a C program over librdkafka alone, built beside this one.
struct RawKafka {
  let bootstrapServers: String
  /// Holds the value that it sends.
  let valueFile: URL

  /// Acknowledged messages a second.
  ///
  /// - Parameter mergesFreeMemory: Whether it has glibc merge free memory at once, as the transport does.
  func publish(_ count: Int, to topic: String, mergesFreeMemory: Bool = false) throws -> Double {
    try figures(
      ["publish", bootstrapServers, topic, "\(count)", valueFile.path],
      environment: mergesFreeMemory ? ["GLIBC_TUNABLES": "glibc.malloc.mxfast=0"] : [:])[0]
  }

  /// One message after the other, each awaited, in microseconds.
  func awaited(_ count: Int, to topic: String) throws -> (p50: Double, p99: Double) {
    let figures = try figures(["await", bootstrapServers, topic, "\(count)", valueFile.path])
    return (figures[0], figures[1])
  }

  /// Messages a second that are read and never looked at.
  func consume(_ count: Int, from topic: String) throws -> Double {
    try figures(["consume", bootstrapServers, topic, "\(count)"])[0]
  }

  private func figures(_ words: [String], environment: [String: String] = [:]) throws -> [Double] {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("raw-kafka")
    let output = try Subprocess.output(of: program, words, environment: environment)
    let figures = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard !figures.isEmpty else { throw BenchmarkFailure("raw-kafka \(words[0]) printed no figure: \(output)") }
    return figures
  }
}
