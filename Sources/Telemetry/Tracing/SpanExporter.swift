/// Takes finished spans. Called on the task that ran the span: it must not wait, and drops spans rather than queue
/// them without bound.
public protocol SpanExporter: Sendable {
  func export(_ span: FinishedSpan)
}
