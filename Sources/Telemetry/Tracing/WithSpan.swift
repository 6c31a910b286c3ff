/// Runs the closure as a span: timed, tied to its parent, and handed to the exporter when it ends.
///
/// What the closure throws is noted on the span and thrown on. Inside, ``TraceContext/current`` is the span's context.
///
/// - Parameters:
///   - name: Says what kind of work this is; no ids in it.
///   - parent: The context that came with the work; the current task's by default.
public func withSpan<Value>(
  _ name: String, parent: TraceContext? = TraceContext.current, kind: SpanKind = .internal,
  attributes: @autoclosure () -> [String: String] = [:], isolation: isolated (any Actor)? = #isolation,
  _ body: (Span) async throws -> Value
) async rethrows -> Value {
  guard let exporter = Tracing.current else {
    if parent == TraceContext.current { return try await body(.unrecorded) }
    return try await TraceContext.$current.withValue(parent) { try await body(.unrecorded) }
  }
  let context = parent?.child() ?? .make()
  let span = Span(context: context, attributes: attributes())
  let start = Tracing.now()
  defer { export(span, name, kind, context, parent, start, to: exporter) }
  return try await TraceContext.$current.withValue(context) {
    do {
      return try await body(span)
    } catch {
      span.record(error: error)
      throw error
    }
  }
}

/// Runs a closure that does not wait as a span; see the asynchronous form.
public func withSpan<Value>(
  _ name: String, parent: TraceContext? = TraceContext.current, kind: SpanKind = .internal,
  attributes: @autoclosure () -> [String: String] = [:], _ body: (Span) throws -> Value
) rethrows -> Value {
  guard let exporter = Tracing.current else {
    if parent == TraceContext.current { return try body(.unrecorded) }
    return try TraceContext.$current.withValue(parent) { try body(.unrecorded) }
  }
  let context = parent?.child() ?? .make()
  let span = Span(context: context, attributes: attributes())
  let start = Tracing.now()
  defer { export(span, name, kind, context, parent, start, to: exporter) }
  return try TraceContext.$current.withValue(context) {
    do {
      return try body(span)
    } catch {
      span.record(error: error)
      throw error
    }
  }
}

private func export(
  _ span: Span, _ name: String, _ kind: SpanKind, _ context: TraceContext, _ parent: TraceContext?, _ start: Int64,
  to exporter: any SpanExporter
) {
  guard context.isSampled else { return }
  let (attributes, error) = span.recorded
  exporter.export(
    FinishedSpan(
      name: name, kind: kind, context: context, parentSpanID: parent?.spanID, startNanoseconds: start,
      endNanoseconds: Tracing.now(), attributes: attributes, error: error))
}
