import Synchronization
import Telemetry
import Testing

/// The exporter is the program's one, so these run one after the other.
@Suite("Traces", .serialized)
struct TracingTests {
  private final class Kept: SpanExporter {
    private let kept = Mutex<[FinishedSpan]>([])
    var spans: [FinishedSpan] { kept.withLock { $0 } }
    func export(_ span: FinishedSpan) { kept.withLock { $0.append(span) } }
  }

  private struct Trouble: Error {}

  private static let sample = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  @Test("a traceparent is read and written as it was")
  func header() throws {
    let context = try #require(TraceContext(traceparent: Self.sample))
    #expect(context.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(context.spanIDText == "b7ad6b7169203331")
    #expect(context.isSampled)
    #expect(context.traceparent == Self.sample)
  }

  @Test(
    "what is no traceparent is none",
    arguments: [
      "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", sample + "-", sample.uppercased(),
      "ff" + sample.dropFirst(2), "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", sample.replacing("a", with: "g"),
    ])
  func refused(text: String) {
    #expect(TraceContext(traceparent: text) == nil)
  }

  @Test("a version that is not known yet may say more")
  func laterVersion() {
    #expect(TraceContext(traceparent: "01" + Self.sample.dropFirst(2) + "-more") != nil)
  }

  @Test("a span inside another is its child, in one trace, and an error is noted and thrown on")
  func nesting() async throws {
    let kept = Kept()
    Tracing.bootstrap(kept)
    defer { Tracing.bootstrap(nil) }
    let parent = try #require(TraceContext(traceparent: Self.sample))
    await #expect(throws: Trouble.self) {
      try await withSpan("outer", parent: parent, kind: .server, attributes: ["a": "1"]) { span in
        #expect(TraceContext.current == span.context)
        span.set("b", to: "2")
        await Task.yield()
        try withSpan("inner") { _ in throw Trouble() }
      }
    }
    // Other suites of this process may make spans meanwhile.
    let spans = kept.spans.filter { $0.context.traceID == parent.traceID }
    #expect(spans.map(\.name) == ["inner", "outer"])
    #expect(spans[0].parentSpanID == spans[1].context.spanID)
    #expect(spans[1].parentSpanID == parent.spanID)
    #expect(spans[1].attributes == ["a": "1", "b": "2"])
    #expect(spans.allSatisfy { $0.error == "Trouble()" && $0.endNanoseconds >= $0.startNanoseconds })
  }

  @Test("without an exporter the caller's context goes on, and nothing is built")
  func off() throws {
    let parent = try #require(TraceContext(traceparent: Self.sample))
    withSpan("work", parent: parent) { span in
      #expect(TraceContext.current == parent)
      #expect(!span.isRecorded)
      span.set(
        "never",
        to: {
          Issue.record("it was built"); return ""
        }())
    }
  }
}
