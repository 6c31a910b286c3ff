import Telemetry
import Testing

@Suite("Metrics")
struct MetricsTests {
  private let registry = MetricsRegistry(seriesLimit: 3)

  @Test("counters, gauges and readings are told in Prometheus' form, in a stable order")
  func text() {
    registry.counter("requests_total", labels: ["status": "200", "route": "/v1"], help: "Requests").increment(by: 2)
    registry.counter("requests_total", labels: ["route": "/v1", "status": "404"]).increment()
    registry.gauge("lag").set(0.5)
    registry.gauge("active", help: "Now") { 7 }
    #expect(
      registry.prometheusText() == """
        # HELP active Now
        # TYPE active gauge
        active 7
        # TYPE lag gauge
        lag 0.5
        # HELP requests_total Requests
        # TYPE requests_total counter
        requests_total{route="/v1",status="200"} 2
        requests_total{route="/v1",status="404"} 1

        """)
  }

  @Test("an observation counts in its bucket and in every larger one")
  func histogram() {
    let histogram = registry.histogram("size", buckets: [1, 10])
    for value in [0.5, 1, 1.5, 11] { histogram.record(value) }
    histogram.record(Double.nan)
    #expect(
      registry.prometheusText() == """
        # TYPE size histogram
        size_bucket{le="1"} 2
        size_bucket{le="10"} 3
        size_bucket{le="+Inf"} 4
        size_sum 14
        size_count 4

        """)
  }

  @Test("the same name and labels are the same metric, whatever the order of the labels")
  func identity() {
    let one = registry.counter("c", labels: ["a": "1", "b": "2"])
    registry.counter("c", labels: ["b": "2", "a": "1"]).increment()
    #expect(one.value == 1)
  }

  @Test("a counter does not go down")
  func monotone() {
    let counter = registry.counter("c")
    counter.increment(by: 3)
    counter.increment(by: -1)
    counter.increment(by: Double.nan)
    #expect(counter.value == 3)
  }

  @Test("more label values than the limit share one series: input in a label cannot fill the memory")
  func bounded() {
    for number in 0..<100 { registry.counter("c", labels: ["path": "/\(number)"]).increment() }
    let lines = registry.prometheusText().split(separator: "\n")
    #expect(lines.count == 1 + 4)
    #expect(lines.contains(#"c{path="overflow"} 97"#))
  }

  @Test("what a label or a help text holds cannot end its line or its quotes, and names are made valid")
  func escaping() {
    registry.counter("9 lives", labels: ["pa-th": "a\"b\\c\nd"], help: "one\ntwo").increment()
    #expect(
      registry.prometheusText() == #"""
        # HELP _9_lives one\ntwo
        # TYPE _9_lives counter
        _9_lives{pa_th="a\"b\\c\nd"} 1

        """#)
  }

  @Test("a name that is a counter does not become a gauge, and whoever asks gets one that nobody reads")
  func kinds() {
    registry.counter("c").increment()
    registry.gauge("c").set(9)
    #expect(registry.prometheusText() == "# TYPE c counter\nc 1\n")
  }

  @Test("many threads count without losing one")
  func threads() async {
    let counter = registry.counter("c")
    let histogram = registry.histogram("h", buckets: [1])
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<5_000 {
            counter.increment()
            histogram.record(0.5)
          }
        }
      }
    }
    #expect(counter.value == 40_000)
    #expect(histogram.summary == (40_000, 20_000))
  }
}
