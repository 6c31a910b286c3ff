import Glibc

/// `roost-bench [name ...]`: runs the benchmarks named, or all of them.
@main
struct RoostBench {
  static let benchmarks: [any Benchmark] = [
    CodecBenchmark(), DispatchBenchmark(), LogBenchmark(), ExtractionBenchmark(), FlowBenchmark(setup: .embedded),
    FlowBenchmark(setup: .servers), KafkaBenchmark(),
    PostgresBenchmark(),
    OutboxBenchmark(),
  ]

  static func main() async throws {
    let names = CommandLine.arguments.dropFirst()
    if names.first == ExtractorFootprint.word { return ExtractorFootprint.runChild(names.dropFirst()) }
    if names.contains("--help") || names.contains(where: { name in !benchmarks.contains { $0.name == name } }) {
      print("usage: roost-bench [name ...]")
      for benchmark in benchmarks { print("  \(benchmark.name): \(benchmark.summary)") }
      exit(names.contains("--help") ? 0 : 64)
    }
    var hasFailed = false
    for benchmark in benchmarks where names.isEmpty || names.contains(benchmark.name) {
      do {
        print(Table(title: benchmark.name, rows: try await benchmark.run()).text, terminator: "\n\n")
      } catch let missing as ServerMissing {
        print("\(benchmark.name)\nleft out: \(missing.variable) names no server", terminator: "\n\n")
      } catch {
        hasFailed = true
        print("\(benchmark.name)\nfailed: \(error)", terminator: "\n\n")
      }
    }
    if hasFailed { exit(1) }
  }
}
